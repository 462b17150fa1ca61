import type { StageStyle } from '../../../../gis/ledger/stage-style.ts';
import { nearestColourIndex } from './colour-index.ts';

/** A layer of the drawing. */
export interface DrawingLayer {
  readonly name: string;
  readonly style: StageStyle | null;
}

/** The application that the attributes of each outline are filed under. */
export const APPLICATION = 'REGREEN';
/** Handles below are the frame's own; entities begin here. */
export const FIRST_ENTITY_HANDLE = 0x1000;
export const MODEL_SPACE = '1F';

/** One group: its code, then its value, a line each. */
export const group = (code: number, value: string | number): string => `${code}\r\n${value}\r\n`;
const groups = (...all: readonly (readonly [number, string | number])[]): string =>
  all.map(([code, value]) => group(code, value)).join('');

/**
 * Everything before the entities of an R2000 drawing (AC1015) in metres, Chinese in code page 936. The tables that the
 * version asks for are all there, or strict readers refuse the file. The handle seed is above any that will be given.
 */
export function drawingHead(layers: readonly DrawingLayer[]): string {
  return [
    groups(
      [0, 'SECTION'],
      [2, 'HEADER'],
      [9, '$ACADVER'],
      [1, 'AC1015'],
      [9, '$DWGCODEPAGE'],
      [3, 'ANSI_936'],
      [9, '$INSUNITS'],
      [70, 6],
      [9, '$MEASUREMENT'],
      [70, 1],
      [9, '$HANDSEED'],
      [5, 'FFFFFFF'],
      [0, 'ENDSEC'],
    ),
    groups([0, 'SECTION'], [2, 'CLASSES'], [0, 'ENDSEC']),
    groups([0, 'SECTION'], [2, 'TABLES']),
    table('VPORT', '8', []),
    table('LTYPE', '5', [
      lineType('14', 'ByBlock', ''),
      lineType('15', 'ByLayer', ''),
      lineType('16', 'Continuous', 'Solid line'),
    ]),
    table(
      'LAYER',
      '2',
      [{ name: '0', style: null }, ...layers].map((layer, index) => layerRow(layer, 0x100 + index)),
    ),
    table('STYLE', '3', [
      groups(
        [0, 'STYLE'],
        [5, '11'],
        [330, '3'],
        [100, 'AcDbSymbolTableRecord'],
        [100, 'AcDbTextStyleTableRecord'],
        [2, 'Standard'],
        [70, 0],
        [40, 0],
        [41, 1],
        [50, 0],
        [71, 0],
        [42, 2.5],
        [3, 'txt'],
        [4, 'gbcbig.shx'],
      ),
    ]),
    table('VIEW', '6', []),
    table('UCS', '7', []),
    table('APPID', '9', [appId('12', 'ACAD'), appId('13', APPLICATION)]),
    table('DIMSTYLE', 'A', [], [[100, 'AcDbDimStyleTable']]),
    table('BLOCK_RECORD', '1', [blockRecord(MODEL_SPACE, '*Model_Space'), blockRecord('1B', '*Paper_Space')]),
    groups([0, 'ENDSEC']),
    groups([0, 'SECTION'], [2, 'BLOCKS']),
    block('20', '21', MODEL_SPACE, '*Model_Space'),
    block('1C', '1D', '1B', '*Paper_Space'),
    groups([0, 'ENDSEC']),
    groups([0, 'SECTION'], [2, 'ENTITIES']),
  ].join('');
}

/** Everything after the entities. */
export const drawingTail = (): string =>
  groups(
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'OBJECTS'],
    [0, 'DICTIONARY'],
    [5, 'C'],
    [330, 0],
    [100, 'AcDbDictionary'],
    [281, 1],
    [3, 'ACAD_GROUP'],
    [350, 'D'],
    [0, 'DICTIONARY'],
    [5, 'D'],
    [330, 'C'],
    [100, 'AcDbDictionary'],
    [281, 1],
    [0, 'ENDSEC'],
    [0, 'EOF'],
  );

function table(
  name: string,
  handle: string,
  rows: readonly string[],
  extra: readonly (readonly [number, string | number])[] = [],
): string {
  const head = groups(
    [0, 'TABLE'],
    [2, name],
    [5, handle],
    [330, 0],
    [100, 'AcDbSymbolTable'],
    [70, rows.length],
    ...extra,
  );
  return head + rows.join('') + group(0, 'ENDTAB');
}

const lineType = (handle: string, name: string, description: string): string =>
  groups(
    [0, 'LTYPE'],
    [5, handle],
    [330, '5'],
    [100, 'AcDbSymbolTableRecord'],
    [100, 'AcDbLinetypeTableRecord'],
    [2, name],
    [70, 0],
    [3, description],
    [72, 65],
    [73, 0],
    [40, 0],
  );

const layerRow = ({ name, style }: DrawingLayer, handle: number): string =>
  groups(
    [0, 'LAYER'],
    [5, handle.toString(16).toUpperCase()],
    [330, '2'],
    [100, 'AcDbSymbolTableRecord'],
    [100, 'AcDbLayerTableRecord'],
    [2, name],
    [70, 0],
    [62, style === null ? 7 : nearestColourIndex(style.fill)],
    [6, 'Continuous'],
    [370, -3],
  );

const appId = (handle: string, name: string): string =>
  groups(
    [0, 'APPID'],
    [5, handle],
    [330, '9'],
    [100, 'AcDbSymbolTableRecord'],
    [100, 'AcDbRegAppTableRecord'],
    [2, name],
    [70, 0],
  );

const blockRecord = (handle: string, name: string): string =>
  groups(
    [0, 'BLOCK_RECORD'],
    [5, handle],
    [330, '1'],
    [100, 'AcDbSymbolTableRecord'],
    [100, 'AcDbBlockTableRecord'],
    [2, name],
    [340, 0],
  );

const block = (begin: string, end: string, owner: string, name: string): string =>
  groups(
    [0, 'BLOCK'],
    [5, begin],
    [330, owner],
    [100, 'AcDbEntity'],
    [8, '0'],
    [100, 'AcDbBlockBegin'],
    [2, name],
    [70, 0],
    [10, 0],
    [20, 0],
    [30, 0],
    [3, name],
    [1, ''],
    [0, 'ENDBLK'],
    [5, end],
    [330, owner],
    [100, 'AcDbEntity'],
    [8, '0'],
    [100, 'AcDbBlockEnd'],
  );
