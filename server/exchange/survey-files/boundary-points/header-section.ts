import type { SurveyHints } from '../../../../gis/crs/detect-survey-crs.ts';
import { readNumber } from '../bytes/numbers.ts';

/** What [属性描述] says. */
export interface BoundaryPointsHeader {
  readonly declaredCrs: string | null;
  readonly datum: 'cgcs2000' | 'xian80' | 'beijing54' | 'wgs84' | 'gcj02' | 'bd09' | undefined;
  readonly hints: SurveyHints;
  /** Metres in one unit of the coordinates; 0 where they are degrees. */
  readonly unitM: number;
  /** 转换参数, where all seven are given and not all are zero. */
  readonly transformation: readonly number[] | undefined;
}

/** The lines `名称=值` before the plots; names and values as people write them. */
export function readHeaderSection(values: ReadonlyMap<string, string>): BoundaryPointsHeader {
  const named = (pattern: RegExp): string | undefined => {
    for (const [name, value] of values) if (pattern.test(name) && value !== '') return value;
    return undefined;
  };
  const system = named(/^坐标系(统|名称)?$/);
  const zone = readNumber((named(/^带号$/) ?? '').replace(/^第|[度分带号]+$/g, ''));
  const width = readNumber(
    (named(/分带/) ?? '')
      .replace(/三/, '3')
      .replace(/六/, '6')
      .replace(/[度带]/g, ''),
  );
  const meridian = readNumber((named(/^中央(子午线|经线)(经度)?$/) ?? '').replace(/[度°]/g, ''));
  return {
    declaredCrs: system === undefined ? null : [system, ...(zone === undefined ? [] : [`带号 ${zone}`])].join(' '),
    datum: datumOf(system ?? ''),
    hints: { declaredZone: zone, declaredWidthDeg: width, centralMeridian: meridian },
    unitM: unitOf(named(/^计量单位$|^单位$/) ?? '米'),
    transformation: readTransformation(named(/^转换参数$/) ?? ''),
  };
}

function datumOf(name: string): BoundaryPointsHeader['datum'] {
  if (/gcj|火星|国测局/i.test(name)) return 'gcj02';
  if (/bd-?09|百度/i.test(name)) return 'bd09';
  if (/2000|cgcs/i.test(name)) return 'cgcs2000';
  if (/80|西安/.test(name)) return 'xian80';
  if (/54|北京/.test(name)) return 'beijing54';
  return /wgs-?(19)?84/i.test(name) ? 'wgs84' : undefined;
}

function unitOf(name: string): number {
  if (/度|deg/i.test(name)) return 0;
  if (/毫米|^mm$/i.test(name)) return 0.001;
  if (/厘米|^cm$/i.test(name)) return 0.01;
  return /千米|公里|^km$/i.test(name) ? 1000 : 1;
}

function readTransformation(text: string): readonly number[] | undefined {
  const numbers = text.split(',').map(part => readNumber(part));
  if (numbers.length !== 7 || numbers.some(value => value === undefined)) return undefined;
  return numbers.some(value => value !== 0) ? (numbers as number[]) : undefined;
}
