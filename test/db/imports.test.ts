// A survey file from its bytes to the ledger and back, on both databases: nothing before it is asked for, all or none, once.
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createAccountsService } from '../../server/accounts/accounts.service.ts';
import { parseImportArguments, runImportCommand } from '../../server/exchange/import.command.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, viewerOf } from '../helpers/rooms.ts';
import { admin, collection, defaults, square, useImportDesk } from './import-desk.ts';

describeOnBothDatabases('imports', getDb => {
  const desk = useImportDesk(getDb);
  const { send, freshMine } = desk;
  const eventsOf = async (mineId: number) => (await desk.land.events.list(admin, mineId, { limit: 1000 })).items;

  it('shows what a file holds without writing, and can be read again', async () => {
    const { id } = await freshMine();
    const answer = await send(id, collection(square(112, 35, { 阶段: '损毁在用', 日期: '2020/1/5' })), {
      dryRun: true,
    });
    expect(answer).toMatchObject({
      state: 'checked',
      format: 'geojson',
      readyCount: 1,
      written: 0,
      mappingSource: 'guessed',
    });
    expect(answer.suggestedMapping.columns).toEqual({ stage: '阶段', effectiveOn: '日期' });
    expect(answer.features[0]?.properties.areaM2).toBeGreaterThan(10_000);
    expect(await eventsOf(id)).toEqual([]);
    expect(await desk.imports.get(admin, answer.id)).toEqual(answer);
  });

  it('writes every row in one transaction, by columns, and remembers how', async () => {
    const { id } = await freshMine();
    const rows = [
      square(112, 35, { 阶段: '挖', 日期: 44_000 }),
      square(112.002, 35, { 阶段: 'RDY', 日期: '2021年3月4日' }),
    ];
    const mapping = { columns: { stage: '阶段', effectiveOn: '日期' }, values: { stage: { 挖: 'DST' } } };
    const answer = await send(id, collection(...rows), { mapping });
    expect(answer).toMatchObject({ state: 'written', written: 2 });
    const events = await eventsOf(id);
    expect(events.map(({ stage, effectiveOn }) => [stage, effectiveOn])).toEqual([
      ['DST', '2020-06-18'],
      ['RDY', '2021-03-04'],
    ]);
    const again = await send(id, collection(square(112.005, 35, { 阶段: '挖', 日期: 44_000 })), { dryRun: true });
    expect(again.mappingSource).toBe('remembered');
    expect(again.suggestedMapping).toMatchObject(mapping);
  });

  it('keeps what its job reads, even where it cannot be asked how the job goes', async () => {
    const { id } = await freshMine();
    vi.spyOn(desk.jobs, 'get').mockRejectedValueOnce(new Error('connection lost'));
    await expect(send(id, collection(square(112, 35)), { mapping: defaults })).rejects.toThrow('connection lost');
    const [{ id: importId } = { id: 0 }] = (await desk.imports.list(admin, { mine: id, limit: 10 })).items;
    await expect.poll(async () => (await desk.imports.get(admin, importId)).state).toBe('written');
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('says before anything is written that rows date back under a published period, and which, of its own guess too', async () => {
    const { id } = await freshMine();
    await desk.land.periods.publish(admin, id, { asAt: '2020-12-31' });
    await desk.land.periods.publish(admin, id, { asAt: '2021-12-31' });
    const rows = [['2021-12-31'], ['2020-05-06'], ['2022-01-01']].map(([日期], i) =>
      square(112 + i / 500, 35, { 阶段: 'DST', 日期 }),
    );
    const mapping = { columns: { stage: '阶段', effectiveOn: '日期' } };
    const told = async (content: string, sent?: unknown) => {
      const { findings, faults } = await send(id, content, { dryRun: true, mapping: sent });
      expect(faults.errors).toEqual([]);
      return findings.filter(({ code }) => code === 'rows-restate-published');
    };
    const [guessed] = await told(collection(...rows));
    const params = { count: 2, from: '2020-05-06', periods: '2020-12-31, 2021-12-31' };
    expect(guessed).toMatchObject({ severity: 'warning', params });
    expect(guessed?.message.zh).toContain('已发布报告期（截至 2020-12-31, 2021-12-31）');
    expect(await told(collection(...rows), mapping)).toMatchObject([{ params }]);
    const [left] = await told(collection(...rows), { ...mapping, rows: [1, 3] });
    expect(left?.params).toEqual({ count: 1, from: '2021-12-31', periods: '2021-12-31' });
    expect(await told(collection(...rows), { ...mapping, rows: [3] })).toEqual([]);
    expect((await send(id, collection(...rows), { mapping })).written).toBe(3);
  });

  it('gives up a dry run for which nobody waits, and keeps nothing of its file', async () => {
    const { id } = await freshMine();
    const kept = (): Promise<string[]> => readdir(join(desk.folder, 'imports')).catch(() => []);
    const before = await kept();
    const content = collection(square(112, 35));
    await expect(send(id, content, { dryRun: true, gone: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(await kept()).toEqual(before);
    expect((await desk.imports.list(admin, { mine: id, limit: 10 })).items).toEqual([]);
    expect((await send(id, content, { mapping: defaults, gone: AbortSignal.abort() })).written).toBe(1);
  });

  it('signs what it found, so that anybody can check it', async () => {
    const { id } = await freshMine();
    const answer = await send(id, collection(square(112, 35)), { dryRun: true });
    const { content, signature, publicKeyPem } = await desk.imports.getVerdict(admin, answer.id);
    const isSigned = (text: string): boolean =>
      verify(null, Buffer.from(text), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'));
    expect(isSigned(content)).toBe(true);
    expect(isSigned(content.replace(answer.fileName, 'other.txt'))).toBe(false);
    const pdf = await desk.imports.printVerdict(admin, answer.id);
    expect(pdf.toString('latin1')).toMatch(/^%PDF-[\s\S]*\/SubFilter \/adbe\.pkcs7\.detached/);
    expect(pdf.toString('latin1')).toMatch(/\/ByteRange \[0 \d+ \d+ \d+\] +\n\/Contents <3082/);
    expect((await desk.imports.printVerdict(admin, answer.id)).equals(pdf)).toBe(true);
  });

  it('writes the chosen rows alone', async () => {
    const { id } = await freshMine();
    const rows = [square(112, 35), square(112.002, 35), square(112.004, 35)];
    await send(id, collection(...rows), { mapping: { ...defaults, rows: [1, 3] } });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('does not count a file as written where no row of it was chosen', async () => {
    const { id } = await freshMine();
    const content = collection(square(112, 35));
    for (const rows of [[], [7]]) {
      await expect(send(id, content, { mapping: { ...defaults, rows } })).rejects.toMatchObject({
        code: 'import-refused',
        errors: [{ code: 'no-rows-chosen' }],
      });
    }
    expect((await send(id, content, { mapping: defaults })).written).toBe(1);
  });

  it('lets a faulty row be left out, and does not ask for what is wrong with it', async () => {
    const { id } = await freshMine();
    const rows = [square(112, 35), square(112.0005, 35), square(112.004, 35)];
    const asked = await send(id, collection(...rows), { dryRun: true });
    expect(asked.rows).toEqual({ unready: [], errors: [2], warnings: [] });
    expect(asked.faults).toEqual({ ofFile: 0, errors: [2, 1] });
    await expect(send(id, collection(...rows), { mapping: defaults })).rejects.toMatchObject({
      code: 'import-refused',
    });
    const answer = await send(id, collection(...rows), { mapping: { ...defaults, rows: [1, 3] } });
    expect(answer.written).toBe(2);
    // What cannot be written is there to be looked at.
    const crossed = square(112.01, 35);
    crossed.geometry.coordinates[0]?.splice(1, 2, ...(crossed.geometry.coordinates[0]?.slice(1, 3).toReversed() ?? []));
    const { readyCount, broken } = await send(id, collection(crossed), { dryRun: true });
    expect([readyCount, broken?.map(({ row, lines }) => [row, lines[0]?.length])]).toEqual([0, [[1, 5]]]);
  });

  it.each([
    ['without data of its own', ''],
    ['with extended data', '1001\nREGREEN\n1000\npart=1\n1000\nring=1\n1000\nplot=东\n'],
  ])('remembers which layers of a drawing %s were read and what they stand for', async (_kind, data) => {
    const { id } = await freshMine();
    const outline = (layer: string, east: number) =>
      `0\nLWPOLYLINE\n8\n${layer}\n70\n1\n${[0, 50, 50, 0].map((x, i) => `10\n${east + x}\n20\n${3_874_000 + (i > 1 ? 50 : 0)}\n`).join('')}${layer === '采坑' ? data : ''}`;
    const drawing = (...parts: string[]) => `0\nSECTION\n2\nENTITIES\n${parts.join('')}0\nENDSEC\n0\nEOF\n`;
    const parts = [outline('采坑', 37_591_400), outline('图框', 37_591_600)];
    const asked = await send(id, drawing(...parts), { dryRun: true, name: 'a.dxf' });
    expect(asked.suggestedMapping.columns.stage).toBe('layer');
    expect(asked.layers.map(({ name, isTaken, count }) => [name, isTaken, count])).toEqual([
      ['采坑', true, 1],
      ['图框', true, 1],
    ]);
    const mapping = {
      columns: { stage: 'layer' },
      values: { stage: { 采坑: 'DST' } },
      defaults: { effectiveOn: '2020-01-01' },
    };
    const written = await send(id, drawing(...parts), { name: 'a.dxf', mapping, fixes: { layers: { 图框: false } } });
    expect(written.written).toBe(1);
    const next = [outline('采坑', 37_591_800), outline('图框', 37_592_000)];
    const again = await send(id, drawing(...next), { dryRun: true, name: 'b.dxf' });
    expect(again.layers.map(({ name, isTaken }) => [name, isTaken])).toEqual([
      ['采坑', true],
      ['图框', false],
    ]);
    expect(again.suggestedMapping.values.stage).toEqual({ 采坑: 'DST' });
  });

  it('refuses whole files: one bad row, an unknown stage, a missing mapping', async () => {
    const { id } = await freshMine();
    const bow = square(112.01, 35);
    const [a, b, c, d] = bow.geometry.coordinates[0] as [number, number][];
    (bow.geometry.coordinates[0] as unknown[]) = [a, c, b, d, a];
    await expect(send(id, collection(square(112, 35), bow), { mapping: defaults })).rejects.toMatchObject({
      code: 'import-refused',
      errors: [{ code: 'ring-crosses-itself' }],
    });
    const bad = send(id, collection(square(112, 35, { s: 'gone' })), {
      mapping: { columns: { stage: 's' }, defaults: { effectiveOn: '2020-01-01' } },
    });
    await expect(bad).rejects.toMatchObject({
      code: 'import-refused',
      errors: [{ code: 'stage-unknown', params: { row: 1 } }],
    });
    await expect(send(id, collection(square(112, 35)))).rejects.toMatchObject({
      errors: [{ code: 'mapping-incomplete' }],
    });
    expect(await eventsOf(id)).toEqual([]);
    const repaired = await send(id, collection(square(112, 35), bow), { mapping: defaults, fixes: { repair: true } });
    expect(repaired.written).toBe(2);
  });

  it('tells before anything is written which rows the rules of the ledger forbid, in its words', async () => {
    const { id } = await freshMine();
    const rows = [{ s: 'CRT' }, { s: 'DST' }, { s: 'DST', d: '2999-01-01' }];
    const file = collection(...rows.map((row, at) => square(112 + at * 0.002, 35, { d: '2020-01-01', ...row })));
    const mapping = { columns: { stage: 's', effectiveOn: 'd' }, defaults: { evidenceGrade: 'E3' } };
    const { findings } = await send(id, file, { dryRun: true, mapping });
    expect(findings.filter(one => one.severity === 'error')).toMatchObject([
      { code: 'evidence-too-weak', row: 1, message: { zh: '阶段 CRT 需要 E5 级及以上证据，本事件为 E3。' } },
      { code: 'effective-in-future', row: 3, message: { en: expect.stringContaining('2999-01-01') as string } },
    ]);
    await expect(send(id, file, { mapping })).rejects.toMatchObject({ code: 'import-refused' });
    expect((await send(id, file, { mapping: { ...mapping, rows: [2] } })).written).toBe(1);
  });

  it('writes nothing when the ledger refuses one row: reclaimed land that was never disturbed', async () => {
    const { id } = await freshMine();
    const rows = [square(112, 35, { s: 'DST' }), square(112.002, 35, { s: 'EST' })];
    const mapping = { columns: { stage: 's' }, defaults: { effectiveOn: '2020-01-01' } };
    await expect(send(id, collection(...rows), { mapping })).rejects.toMatchObject({
      code: 'reclaimed-never-disturbed',
      params: { row: 2 },
    });
    expect(await eventsOf(id)).toEqual([]);
  });

  it('is a command as well: checks without writing, writes, and says why a file is refused', async () => {
    const db = getDb();
    const { id, code } = await freshMine();
    const [good, bad] = [join(desk.folder, 'good.geojson'), join(desk.folder, 'bad.geojson')];
    await writeFile(good, collection(square(112, 35), square(112.002, 35)));
    await writeFile(bad, collection(square(112.01, 35, { s: 'gone' })));
    const rooms = {
      imports: desk.imports,
      jobs: desk.jobs,
      accounts: createAccountsService({ db }),
      mines: createRooms(db).mines,
    };
    const run = async (...argv: string[]) => {
      const said = { out: '', err: '' };
      const io = {
        stdout: { write: (text: string) => (said.out += text) },
        stderr: { write: (text: string) => (said.err += text) },
      };
      const parsed = parseImportArguments([...argv, '--mine', code, '--on', '2020-01-01']);
      if ('fault' in parsed) throw new Error(parsed.fault);
      return { code: await runImportCommand(parsed, rooms, io), ...said };
    };
    expect(await run(good, '--check', '--stage', 'DST')).toMatchObject({ code: 0, err: '' });
    expect(await eventsOf(id)).toEqual([]);
    const written = await run(good, '--stage', 'DST');
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(written.out).toContain('written, 2 written; geojson');
    expect(await eventsOf(id)).toHaveLength(2);

    const refused = await run(bad, '--mapping', JSON.stringify({ columns: { stage: 's' } }));
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('error stage-unknown (row 1)');
    expect(refused.err).toContain('import-refused');
    expect(await run(join(desk.folder, 'none.txt'), '--stage', 'DST')).toMatchObject({ code: 1 });
    expect(await run(good, '--mapping', '{')).toMatchObject({ code: 2, out: '' });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('knows a file that was written before', async () => {
    const { id } = await freshMine();
    const content = collection(square(112, 35));
    await send(id, content, { mapping: defaults });
    const asked = await send(id, content, { dryRun: true });
    expect(asked.findings[0]).toMatchObject({
      code: 'imported-before',
      severity: 'error',
      fix: { fixes: { again: true } },
    });
    await expect(send(id, content, { mapping: defaults })).rejects.toMatchObject({ code: 'import-refused' });
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('knows outlines that were written before from another file, and writes them where their stage has changed', async () => {
    const { id } = await freshMine();
    const rows = [square(112, 35), square(112.01, 35)];
    await send(id, collection(...rows), { mapping: defaults });
    const ring = (west: number): string =>
      square(west, 35)
        .geometry.coordinates[0]?.map(([lng = 0, lat = 0]) => `${lng + 4e-9} ${lat}`)
        .join(', ') ?? '';
    const table = ['WKT', ...[112, 112.01].map(west => `"POLYGON((${ring(west)}))"`)].join('\n');
    const asked = await send(id, table, { dryRun: true, name: 'b.csv' });
    expect([asked.format, asked.findings[0]]).toMatchObject([
      'csv',
      { code: 'outlines-imported-before', severity: 'warning', params: { written: 2 } },
    ]);
    const codesOf = async (mine: number, content: string, name: string): Promise<string[]> =>
      (await send(mine, content, { dryRun: true, name })).findings.map(({ code }) => code);
    const moved = collection(square(112, 35), square(112.0101, 35));
    expect(await codesOf(id, moved, 'c.geojson')).not.toContain('outlines-imported-before');
    expect(await codesOf((await freshMine()).id, table, 'b.csv')).not.toContain('outlines-imported-before');
    const later = { mapping: { defaults: { ...defaults.defaults, effectiveOn: '2022-01-01' } }, name: 'b.csv' };
    expect((await send(id, table, later)).written).toBe(2);
  });

  it('writes a file once that is sent twice at the same time', async () => {
    const { id } = await freshMine();
    const content = collection(square(112, 35));
    const both = await Promise.allSettled([1, 2].map(() => send(id, content, { mapping: defaults })));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await eventsOf(id)).toHaveLength(1);
    const again = { mapping: defaults, fixes: { again: true } };
    expect((await send(id, content, again)).written).toBe(1);
  });

  it('says how it goes while its rows are being written, also where that takes the only connection', async () => {
    const { id } = await freshMine();
    let open = (): void => undefined;
    const gate = new Promise<void>(resolve => (open = resolve));
    const writing = new Promise<number>(resolve => {
      desk.land.events.onCellsChanged(async (tx, { mineId }) => {
        if (mineId !== id) return;
        resolve((await tx('import_batch').where({ mine_id: id }).first<{ id: number }>('id')).id);
        await gate;
      });
    });
    const sent = send(id, collection(square(112, 35)), { mapping: defaults });
    try {
      const importId = await writing;
      expect(await desk.imports.get(admin, importId)).toMatchObject({
        id: importId,
        state: 'writing',
        written: 0,
        job: { state: 'running' },
      });
      await expect(desk.imports.get(viewerOf('manager', 987_654), importId)).rejects.toMatchObject({
        code: 'forbidden',
      });
    } finally {
      open();
    }
    const { id: importId } = await sent;
    expect(await desk.imports.get(admin, importId)).toMatchObject({ state: 'written', written: 1 });
  });

  it('has failed where its job ended before its turn', async () => {
    const { id } = await freshMine();
    const { id: importId } = await send(id, collection(square(112, 35)), { dryRun: true });
    const ended = { id: randomUUID(), kind: 'import', state: 'failed', code: 'job-cancelled', payload: {} };
    await getDb().knex('job').insert(ended);
    await getDb().knex('import_batch').where({ id: importId }).update({ state: 'writing', job_id: ended.id });
    expect((await desk.imports.list(admin, { mine: id, limit: 10 })).items).toMatchObject([{ state: 'failed' }]);
  });
});
