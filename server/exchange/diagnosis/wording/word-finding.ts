import { ISSUE_MESSAGES } from '../../../../gis/geometry/issue-messages.ts';
import { fillAreas } from '../../../../gis/area-wording.ts';
import type { Wording } from '../../../../gis/ledger/vocabulary.ts';
import { landProblems } from '../../../platform/http/problems/land.ts';
import type { Finding, Fix, WordedFinding, WordedFix } from '../finding.ts';
import { FILE_MESSAGES } from './file-messages.ts';
import { FIX_MESSAGES } from './fix-messages.ts';
import { FORMAT_MESSAGES } from './format-messages.ts';
import { SURVEY_MESSAGES } from './survey-messages.ts';

/** Rules of the ledger that events of a file are held against before they are written, in the ledger's own words. */
const RULES = [
  'effective-in-future',
  'event-before-mine',
  'event-after-mine-end',
  'event-after-licence-end',
  'evidence-too-weak',
] as const satisfies (keyof typeof landProblems)[];

/** Every code of a finding and what it says. */
export const FINDING_MESSAGES: Readonly<Record<string, Wording>> = {
  ...ISSUE_MESSAGES,
  ...FILE_MESSAGES,
  ...FORMAT_MESSAGES,
  ...SURVEY_MESSAGES,
  ...Object.fromEntries(RULES.map(code => [code, landProblems[code]])),
};

/** Notations and orders are codes; in a sentence they are words. */
const WORDS: Readonly<Record<string, Wording>> = {
  metres: { en: 'metres', zh: '米' },
  degrees: { en: 'decimal degrees', zh: '十进制度' },
  'packed-dms': { en: 'degrees.minutes-seconds', zh: '度.分秒' },
  'run-dms': { en: 'degrees, minutes and seconds run together', zh: '度分秒连写' },
  'lng-lat': { en: 'longitude first', zh: '先经度' },
  'lat-lng': { en: 'latitude first', zh: '先纬度' },
  'northing-easting': { en: 'northing (X) first', zh: '先纵坐标 X' },
  'easting-northing': { en: 'easting (Y) first', zh: '先横坐标 Y' },
};

function fill(message: Wording, params: Readonly<Record<string, unknown>>): Wording {
  const say = (language: 'en' | 'zh'): string =>
    fillAreas(message[language], language, params).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      if (typeof value === 'string') return WORDS[value]?.[language] ?? value;
      if (typeof value === 'number') return String(value);
      return value === undefined || value === null ? whole : JSON.stringify(value);
    });
  return { en: say('en'), zh: say('zh') };
}

const wordFix = (fix: Fix): WordedFix => ({
  ...fix,
  label: fill(
    (FIX_MESSAGES as Readonly<Record<string, Wording>>)[fix.code] ?? { en: fix.code, zh: fix.code },
    fix.params ?? {},
  ),
});

/** A finding with its sentence, and those of its fixes, in both languages. */
export function wordFinding(finding: Finding): WordedFinding {
  const { fix, choices, ...plain } = finding;
  const message = FINDING_MESSAGES[finding.code] ?? { en: finding.code, zh: finding.code };
  return {
    ...plain,
    message: fill(message, finding.params ?? {}),
    ...(fix === undefined ? {} : { fix: wordFix(fix) }),
    ...(choices === undefined ? {} : { choices: choices.map(wordFix) }),
  };
}
