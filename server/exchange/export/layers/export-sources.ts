import type { ExportWhat } from '../export.contract.ts';
import type { ExportSource } from './export-source.ts';
import { facilitiesSource } from './facilities-source.ts';
import { habitatsSource } from './habitats-source.ts';
import { landSource } from './land-source.ts';
import { minesSource } from './mines-source.ts';
import { occurrencesSource } from './occurrences-source.ts';

export const EXPORT_SOURCES: Readonly<Record<ExportWhat, ExportSource>> = {
  land: landSource,
  mines: minesSource,
  facilities: facilitiesSource,
  habitats: habitatsSource,
  occurrences: occurrencesSource,
};
