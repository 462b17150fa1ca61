import { describe, expect, it } from 'vitest';
import { withoutEntries } from './slim-postgis.ts';

function entry(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 'latin1');
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content, 0, 'latin1');
  return Buffer.concat([header, body]);
}
const END = Buffer.alloc(1024);

describe('an archive without some of its entries', () => {
  it('keeps the others byte for byte, and ends where an archive ends', () => {
    const [library, script, empty] = [
      entry('lib/postgis-3.so', 'x'.repeat(1300)),
      entry('share/a.sql', 'select 1'),
      entry('share/', ''),
    ];
    const whole = Buffer.concat([
      library,
      entry('lib/postgis_raster-3.so', 'y'.repeat(513)),
      script,
      empty,
      entry('raster', ''),
      END,
    ]);
    expect(withoutEntries(whole, /raster/).equals(Buffer.concat([library, script, empty, END]))).toBe(true);
    expect(withoutEntries(whole, /nothing-is-called-so/).equals(whole)).toBe(true);
  });

  it('looks at names, not at what is in the files', () => {
    const whole = Buffer.concat([entry('a', 'raster'), END]);
    expect(withoutEntries(whole, /raster/).equals(whole)).toBe(true);
  });
});
