import { connect } from 'node:net';

/** Whether something accepts connections there. With `ask`, also whether its first answer is the wanted one. */
export function opensPort(
  host: string,
  port: number,
  ask?: { readonly say: string; readonly wanted: RegExp },
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => (ask ? socket.write(ask.say) : finish(true)));
    socket.once('data', (data) => finish(ask?.wanted.test(data.toString('utf8')) === true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
    socket.once('close', () => finish(false));
  });
}
