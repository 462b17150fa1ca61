/** `112°20′30.7″E`, `北纬34度48分46.3秒`: degrees and minutes, with seconds or without, marked as people mark them. */
const MARKED =
  /(?:东经|西经|北纬|南纬|[NSEW])?[ \t]*(\d{1,3})[ \t]*[°º度][ \t]*(\d{1,2}(?:\.\d+)?)[ \t]*[′'’‘分][ \t]*(?:(\d{1,2}(?:\.\d+)?)[ \t]*(?:″|"|”|“|′′|''|秒))?[ \t]*([NSEW])?/gi;

/** The text with angles that are written in degrees, minutes and seconds as decimal degrees; everything else as it is. */
export function inDecimalDegrees(text: string): string {
  return text.replace(MARKED, (written, degrees: string, minutes: string, seconds = '0', side = '') => {
    const [m, s] = [Number(minutes), Number(seconds)];
    if (m >= 60 || s >= 60) return written;
    const isNegative = /^(西经|南纬|[SW])/i.test(written.trim()) || /[SW]/i.test(String(side));
    return ` ${isNegative ? '-' : ''}${(Number(degrees) + m / 60 + s / 3600).toFixed(11)} `;
  });
}
