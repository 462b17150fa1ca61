// `npm run bench -- NAME…`: measures against peers in the same run and prints ratios. Without a name: all.
type Bench = () => Promise<void>;

/** Loaded on demand: a bench may pull in much that the others do not need. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  imagery: async () => (await import('./imagery.bench.ts')).benchImagery,
  import: async () => (await import('./import.bench.ts')).benchImport,
  land: async () => (await import('./land.bench.ts')).benchLand,
  zonal: async () => (await import('./zonal/zonal.bench.ts')).benchZonal,
};

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`unknown bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
for (const [name, load] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n# ${name}\n`);
  await (
    await load()
  )();
}
