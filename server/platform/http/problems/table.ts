import { biodiversityProblems } from './biodiversity.ts';
import { exportProblems } from './exchange-exports.ts';
import { geometryProblems } from './geometry.ts';
import { imageryProblems } from './imagery.ts';
import { importProblems } from './imports.ts';
import { landProblems } from './land.ts';
import { minesProblems } from './mines.ts';
import { platformProblems } from './platform.ts';
import { startupProblems } from './startup.ts';
import { tilesProblems } from './tiles.ts';

/** What a code means to a caller: the HTTP status, and the sentence in both languages with `{placeholders}`. */
export interface ProblemRow {
  readonly status: number;
  readonly en: string;
  readonly zh: string;
}

/** Every code that leaves the server: the only place where a fault becomes a status. */
export const problemTable: Readonly<Record<string, ProblemRow>> = {
  ...platformProblems,
  ...startupProblems,
  ...geometryProblems,
  ...minesProblems,
  ...landProblems,
  ...biodiversityProblems,
  ...imageryProblems,
  ...exportProblems,
  ...importProblems,
  ...tilesProblems,
};
