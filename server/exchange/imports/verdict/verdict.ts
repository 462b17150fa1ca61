import { createHash } from 'node:crypto';
import type { ImportAnswer } from '../imports.contract.ts';

/** What a verdict says and its signature covers: the file by its digest, how it was read, every shown row, every finding. */
export function verdictBytes(answer: ImportAnswer): Buffer {
  const {
    id,
    mineId,
    fileName,
    sha256,
    format,
    encoding,
    crs,
    order,
    notation,
    rowCount,
    readyCount,
    areaM2,
    createdAt,
  } = answer;
  const rows = answer.features.map(
    ({ geometry, properties: { row, name, areaM2: area, planeAreaM2, declaredAreaM2, points } }) => ({
      row,
      name,
      areaM2: area,
      planeAreaM2,
      declaredAreaM2,
      geometry,
      // Absent in answers of earlier versions, whose verdicts are signed without it.
      points,
    }),
  );
  const findings = answer.findings.map(({ code, severity, row, point, position, params, message }) => ({
    code,
    severity,
    row,
    point,
    position,
    params,
    message,
  }));
  const about = {
    id,
    mineId,
    fileName,
    sha256,
    format,
    encoding,
    crs,
    order,
    notation,
    rowCount,
    readyCount,
    areaM2,
    createdAt,
  };
  return Buffer.from(JSON.stringify({ ...about, rows, findings }));
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
