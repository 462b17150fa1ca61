import type { OffsetDatum } from '../../../../gis/crs/china-offset.ts';
import type { OldDatum } from '../survey-file.ts';

const NAMES = { xian80: '1980西安坐标系', beijing54: '1954北京坐标系' } as const;

export const olderDatum = (code: OldDatum['code'], transformation?: readonly number[]): OldDatum => ({
  code,
  name: NAMES[code],
  transformation,
});

/** Words for CGCS2000: where they stand beside those of an older datum, coordinates were converted from it. */
export const saysCgcs2000 = (text: string): boolean => /cgcs|2000\s*(国家)?(大地)?坐标|国家\s*2000/i.test(text);

/** The older datum that a title or a heading names, unless it says CGCS2000 as well. */
export function olderDatumInText(text: string): OldDatum | undefined {
  if (saysCgcs2000(text)) return undefined;
  if (/西安\s*-?(19)?80|(?<!\d)(19)?80\s*(年)?(西安|国家)|xi.?an[\s_-]*(19)?80/i.test(text))
    return olderDatum('xian80');
  if (/北京\s*-?(19)?54|(?<!\d)(19)?54\s*(年)?北京|beijing[\s_-]*(19)?54/i.test(text)) return olderDatum('beijing54');
  return undefined;
}

/** What the text of a file says about the map it was drawn on. */
export function offsetInText(head: string): OffsetDatum | undefined {
  if (/bd-?09|百度(坐标|经纬度)/i.test(head)) return 'BD-09';
  return /gcj-?02|火星坐标|国测局坐标|(高德|腾讯)(坐标|经纬度)/i.test(head) ? 'GCJ-02' : undefined;
}
