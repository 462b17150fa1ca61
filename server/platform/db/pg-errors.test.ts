import createKnex from 'knex';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { isRetryable, nameConstraint, translatePgError } from './pg-errors.ts';

const pgError = (code: string, more: Record<string, unknown> = {}): Error =>
  Object.assign(new Error('words that differ by version and language'), { severity: 'ERROR', code, ...more });

describe('errors of the database', () => {
  it.each([
    ['23505', 'already-exists'],
    ['23P01', 'already-exists'],
    ['23503', 'reference-broken'],
    ['23514', 'rule-broken'],
    ['40001', 'busy'],
    ['40P01', 'busy'],
    ['55P03', 'busy'],
    ['57014', 'busy'],
    ['53300', 'busy'],
    ['53100', 'storage-full'],
    ['22021', 'text-unusable'],
    ['22P05', 'text-unusable'],
  ])('%s is %s', (sqlState, code) => {
    expect(translatePgError(pgError(sqlState, { constraint: 'chk_x' }))).toMatchObject({ name: 'AppError', code });
  });

  it('is busy where no connection came free', () => {
    const error = new createKnex.KnexTimeoutError('Timeout acquiring a connection');
    expect(translatePgError(error)).toMatchObject({ name: 'AppError', code: 'busy', cause: error });
  });

  it('take the name that their constraint was given', () => {
    nameConstraint('uq_test_thing', 'test-thing-taken');
    expect(translatePgError(pgError('23505', { constraint: 'uq_test_thing' }))).toMatchObject({
      code: 'test-thing-taken',
    });
  });

  it('of ours are left as they came', () => {
    for (const own of [pgError('42601'), pgError('XX000'), new AppError('forbidden'), new Error('x'), 'text']) {
      expect(translatePgError(own)).toBe(own);
    }
  });

  it('are worth another try only when two transactions met', () => {
    expect(['40001', '40P01', '23505', 'XX000'].map(code => isRetryable(pgError(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
