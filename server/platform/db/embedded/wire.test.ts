import { describe, expect, it } from 'vitest';
import { BatchCutter, errorResponse, inspectAnswer, queryMessage, readyForQuery, syncMessage } from './wire.ts';

/** One message of the protocol: a letter, the length, the body. */
function message(letter: string, body: string | Uint8Array = ''): Buffer {
  const bytes = Buffer.from(body as string);
  const head = Buffer.alloc(5);
  head.write(letter, 0, 'latin1');
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}
const startup = Buffer.concat([Buffer.from([0, 0, 0, 9]), Buffer.from([0, 3, 0, 0, 0])]);
const parse = message('P', 'select');
const bind = message('B', 'x');
const execute = message('E', '\0\0\0\0\0');
const sync = Buffer.from(syncMessage());

describe('requests', () => {
  it('end with Sync or Query, however they are cut into chunks', () => {
    const stream = Buffer.concat([
      startup,
      parse,
      bind,
      execute,
      sync,
      Buffer.from(queryMessage('select 1')),
      message('X'),
    ]);
    for (const size of [1, 2, 3, 7, stream.length]) {
      const cutter = new BatchCutter();
      const batches = [];
      for (let at = 0; at < stream.length; at += size) batches.push(...cutter.push(stream.subarray(at, at + size)));
      expect(batches.map(batch => batch.kind)).toEqual(['startup', 'statement', 'statement', 'terminate']);
      expect(batches.map(batch => ('bytes' in batch ? batch.bytes.length : 0))).toEqual([
        startup.length,
        parse.length + bind.length + execute.length + sync.length,
        queryMessage('select 1').length,
        0,
      ]);
    }
  });

  it('without a statement in them are told apart', () => {
    const cutter = new BatchCutter();
    cutter.push(startup);
    expect(cutter.push(Buffer.concat([message('C', 'S\0'), sync])).map(batch => batch.kind)).toEqual(['sync']);
  });
});

describe('answers', () => {
  const ready = Buffer.from(readyForQuery('I'));
  const concluded = (...parts: Uint8Array[]): boolean => inspectAnswer(Buffer.concat(parts)).isConcluded;

  it('are complete with a tag or an error', () => {
    expect(concluded(message('C', 'SELECT 1\0'), ready)).toBe(true);
    expect(concluded(message('1'), message('2'), message('D', 'row'), message('C', 'INSERT 0 1\0'), ready)).toBe(true);
    expect(concluded(errorResponse('23514', 'no'), ready)).toBe(true);
  });

  it('are lost without one, with a tag of question marks, or when the binding never came', () => {
    expect(concluded(ready)).toBe(false);
    expect(concluded(message('T', 'columns'), message('D', 'row'), ready)).toBe(false);
    expect(concluded(message('C', '???\0'), ready)).toBe(false);
    expect(concluded(message('1'), message('n'), message('I'), ready)).toBe(false);
    expect(concluded(message('1'), message('C', 'SELECT 0\0'), ready)).toBe(false);
    expect(concluded()).toBe(false);
  });

  it('say in which state the transaction is, and where the last message begins', () => {
    const tag = message('C', 'SELECT 1\0');
    expect(inspectAnswer(Buffer.concat([tag, Buffer.from(readyForQuery('T'))]))).toEqual({
      isConcluded: true,
      readyStatus: 'T',
      bodyLength: tag.length,
    });
    expect(inspectAnswer(tag).readyStatus).toBeUndefined();
  });
});
