import type { CrsCode } from '../../../../gis/crs/crs.ts';
import type { SurveyCandidate } from '../../../../gis/crs/detect-survey-crs.ts';
import { getCrs } from '../../../../gis/crs/parse-crs.ts';
import { readingOf, type CoordinateReading } from './coordinate-reading.ts';

/** The same zone on another datum, with the parameters that the user gave. */
export function readInOlderDatum(
  datum: 'xian80' | 'beijing54',
  towgs84: readonly number[],
  best: SurveyCandidate,
): { readonly reading: CoordinateReading; readonly detected: CrsCode } {
  const number = Number(best.crs.slice(5));
  const code: CrsCode =
    number < 4491
      ? `EPSG:${datum === 'xian80' ? 4610 : 4214}`
      : datum === 'xian80'
        ? `EPSG:${number - 4491 + 2327}`
        : `EPSG:${beijingCode(number)}`;
  return { reading: readingOf(getCrs(code, { towgs84 }), best.order, best.notation), detected: code };
}

/** Beijing 1954 has its three-degree zones at 2401…, its six-degree zones at 21413… and 21453…. */
function beijingCode(cgcs: number): number {
  if (cgcs >= 4534) return cgcs - 4534 + 2422;
  if (cgcs >= 4513) return cgcs - 4513 + 2401;
  return cgcs >= 4502 ? cgcs - 4502 + 21_453 : cgcs - 4491 + 21_413;
}
