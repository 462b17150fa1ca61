import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { AppError, notFound } from '../errors.ts';
import { problemOf, toProblem, wordProblem } from './problem.ts';

const asked = { originalUrl: '/api/v1/mines/7?secret=1', res: { getHeader: () => 'request-1' } } as unknown as Request;

describe('a problem', () => {
  it('names what is missing in the language of the sentence, and by its code in the params', () => {
    const problem = toProblem(notFound('land-event', 9), asked);
    expect(problem).toMatchObject({
      title: 'There is no such land event.',
      titleZh: '不存在所请求的土地事件。',
      params: { kind: 'land-event', id: 9 },
      instance: '/api/v1/mines/7',
      requestId: 'request-1',
    });
    expect(wordProblem('forbidden', { action: 'land.write' })).toEqual({
      en: 'Your role may not do this (record land events).',
      zh: '您的角色无权执行此操作（登记土地事件）。',
    });
    expect(wordProblem('forbidden', { action: 'toString' }).en).toContain('(toString)');
  });

  it('goes on to the first faults and their places, in both languages', () => {
    const fault = (pointer: string) => ({
      code: 'too-many-vertices',
      pointer,
      params: { count: 9, limit: 8 },
    });
    const { detail, detailZh } = toProblem(
      new AppError('body-invalid', { part: 'body' }, { errors: ['/a', '/b', '/c', '/d', '/e'].map(fault) }),
      asked,
    );
    const en = 'The geometry has 9 vertices; 8 are allowed';
    expect(detail).toBe(`/a: ${en}; /b: ${en}; /c: ${en}; and 2 more`);
    expect(detailZh).toMatch(/^\/a：图形有 9 个顶点[^。]*；\/b：.*；另有 2 处$/);
  });

  it('has all its members before there is anything else', () => {
    expect(problemOf(new AppError('starting-up'), '/api/v1/mines', 'request-2')).toEqual({
      type: '/problems/starting-up',
      title: 'The server is starting.',
      titleZh: '服务器正在启动。',
      status: 503,
      instance: '/api/v1/mines',
      code: 'starting-up',
      params: {},
      requestId: 'request-2',
      errors: [],
    });
  });

  it('has no detail that only says the title again', () => {
    const params = { count: 9, limit: 8 };
    const errors = [{ code: 'too-many-vertices', pointer: '/geometry/coordinates', params }];
    expect(toProblem(new AppError('too-many-vertices', params, { errors }), asked)).not.toHaveProperty('detail');
    expect(toProblem(new AppError('busy'), asked)).not.toHaveProperty('detail');
  });
});
