import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Nothing of these is on the public internet (IANA special-purpose registries, RFC 6890). */
const INNER_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Inside the one block of IPv6 that is global unicast, what leads elsewhere: tunnels, documentation. */
const INNER_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
const innerV4 = new BlockList();
const innerV6 = new BlockList();
const globalV6 = new BlockList();
for (const [net, bits] of INNER_V4) innerV4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of INNER_V6) innerV6.addSubnet(net, bits, 'ipv6');
globalV6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet; an IPv4 address dressed as IPv6 is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !innerV4.check(address, 'ipv4');
  if (isIPv6(address)) return globalV6.check(address, 'ipv6') && !innerV6.check(address, 'ipv6');
  return false;
}
