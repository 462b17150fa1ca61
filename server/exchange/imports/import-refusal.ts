import { AppError } from '../../platform/errors.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { Fixes } from '../diagnosis/fixes.ts';
import type { Examined } from './examination/examine.thread.ts';
import type { ImportAnswer } from './imports.contract.ts';
import type { ImportRow } from './imports.repository.ts';

/** That the same content was written before: an error until it is asked for again. */
export function knownBefore(before: ImportRow | undefined, fixes: Fixes): Finding[] {
  if (before === undefined) return [];
  const params = paramsOf(before);
  if (fixes.again === true) return [{ code: 'imported-before', severity: 'warning', params }];
  return [
    { code: 'imported-before', severity: 'error', params, fix: { code: 'import-again', fixes: { again: true } } },
  ];
}

/** That the same outlines were written before from another file: a stage or a date may have changed since, so nothing forbids it. */
export const sameGroundBefore = (before: ImportRow | undefined): Finding[] =>
  before === undefined
    ? []
    : [
        {
          code: 'outlines-imported-before',
          severity: 'warning',
          params: { ...paramsOf(before), name: before.fileName },
        },
      ];

const paramsOf = ({ id, written, writtenAt, createdAt }: ImportRow) => ({
  on: (writtenAt ?? createdAt).slice(0, 10),
  written,
  id,
});

/** That there are more rows than an answer shows. */
export function notShown({ shown, diagnosis }: Examined): Finding[] {
  if (shown.length >= diagnosis.readyCount) return [];
  return [{ code: 'rows-not-shown', severity: 'info', params: { shown: shown.length, total: diagnosis.readyCount } }];
}

/** What is answered where a file may not be written: its errors, without those of rows that were left out. */
export function refusal(answer: ImportAnswer, chosen: ReadonlySet<number> | undefined): AppError {
  const errors = answer.findings.filter(
    ({ severity, row }) => severity === 'error' && (row === undefined || chosen?.has(row) !== false),
  );
  return new AppError(
    'import-refused',
    { importId: answer.id, errorCount: errors.length },
    {
      errors: errors.slice(0, 100).map(({ code, position, params, message, row, point }) => ({
        code,
        ...(position === undefined ? {} : { position }),
        params: {
          ...params,
          message,
          ...(row === undefined ? {} : { row }),
          ...(point === undefined ? {} : { point }),
        },
      })),
    },
  );
}
