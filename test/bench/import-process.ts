// One measured process: the product with its doctor, its jobs and its ledger, as the import command runs it.
// `DATABASE_URL=… REGREEN_DATA_DIR=… node import-process.js FILE`; the last line of stdout is JSON.
import { prepare } from '../../server/prepare.ts';
import { newMine } from '../../server/mines/mines.contract.ts';
import { listFaults } from '../../server/land/verify/verify.repository.ts';
import { readConfig } from '../../server/platform/config.ts';
import { ADMIN } from './land-workload.ts';
import { SOUTH, WEST } from './import-workload.ts';

const [path = ''] = process.argv.slice(2);
const container = await prepare(
  { ...readConfig(process.env), logLevel: 'warn' },
  () => undefined,
  error => {
    throw error;
  },
);
const { database, imports, jobs, mines, organisations } = container;
await organisations.create(ADMIN, { code: 'BENCH', nameZh: '测', nameEn: 'Bench', parentCode: null, kind: 'company' });
const [west, south, side] = [WEST - 0.01, SOUTH - 0.01, 0.6];
const mine = await mines.create(
  ADMIN,
  newMine.parse({
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]], // prettier-ignore
    },
    properties: { code: 'BENCH-1', nameZh: '测', nameEn: 'Bench', organisationCode: 'BENCH', mineral: 'bauxite', method: 'open' }, // prettier-ignore
  }),
);
await jobs.work();

const startedCpu = process.cpuUsage();
const startedAtMs = performance.now();
const mapping = JSON.stringify({ columns: { stage: 'stage' }, defaults: { effectiveOn: '2020-01-01' } });
const answer = await imports.receiveLocal(ADMIN, { mine: mine.id, dryRun: false }, { path, fields: { mapping } });
let job = await jobs.get(answer.job?.id ?? '');
while (job.state === 'queued' || job.state === 'running') {
  await new Promise(resolve => setTimeout(resolve, 50));
  job = await jobs.get(job.id);
}
if (job.state !== 'done') throw new Error(`the job ended with ${job.code}`);
const wallMs = performance.now() - startedAtMs;
const cpu = process.cpuUsage(startedCpu);
const peakRssMb = process.resourceUsage().maxRSS / 1024;
const jobMs = Date.parse(job.finishedAt ?? '') - Date.parse(job.startedAt ?? '');
const { written } = await imports.get(ADMIN, answer.id);
const verifiedAtMs = performance.now();
const faults = await database.transaction(async tx => {
  await tx.raw('set local statement_timeout = 0');
  return listFaults(tx, mine.id);
});
process.stdout.write(
  `${JSON.stringify({
    written,
    faults: faults.length,
    wallMs,
    jobMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    peakRssMb,
    verifyMs: performance.now() - verifiedAtMs,
  })}\n`,
);
await jobs.stop(1_000);
await database.close();
process.exit(0);
