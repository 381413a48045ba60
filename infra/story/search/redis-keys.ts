import { Redis } from 'ioredis';
import type { Needles } from './needles.js';
import { Search, type Searched } from './searched.js';

/** Every key of the database and all that it holds, whatever its type. */
export async function searchRedis(url: string, needles: Needles, trace: string): Promise<Searched> {
  const redis = new Redis(url, { maxRetriesPerRequest: 2, lazyConnect: true });
  const search = new Search('Redis', needles, trace);
  let keys = 0;
  try {
    await redis.connect();
    let cursor = '0';
    do {
      const [next, page] = await redis.scan(cursor, 'COUNT', 500);
      for (const key of page) {
        keys += 1;
        search.look(key, `${key}\n${await contentOf(redis, key)}`);
      }
      cursor = next;
    } while (cursor !== '0');
  } finally {
    redis.disconnect();
  }
  return search.result(`${keys} keys`);
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return (await redis.get(key)) ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1', 'WITHSCORES'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    case 'none':
      return ''; // it went away while we looked
    default:
      throw new Error(`the key ${key} is of a type that is not searched: ${type}`);
  }
}
