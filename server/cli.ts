import type { Io } from './tell-failure.ts';

interface Command {
  readonly summary: string;
  /** Reads its arguments itself, `--help` among them; every other command has none. */
  readonly hasArguments?: true;
  /** Resolves with the exit code. */
  run(argv: readonly string[], io: Io): Promise<number>;
}

// Every command loads what it needs and no more: `zonal` is called in loops and must not wait for a database driver.
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'run the server; the embedded database unless DATABASE_URL is set',
    async run(_argv, io) {
      const { serve } = await import('./main.ts');
      return serve(await config(), io);
    },
  },
  worker: {
    summary: 'run background jobs only, beside servers on the same DATABASE_URL',
    async run(_argv, io) {
      const { runWorker } = await import('./main.ts');
      return runWorker(await config(), io);
    },
  },
  migrate: {
    summary: 'bring the database to this version',
    async run(_argv, io) {
      const { runMigrate } = await import('./errands.ts');
      return runMigrate(await config(), io);
    },
  },
  seed: {
    summary: 'load the synthetic samples and the demo accounts where they are missing',
    async run(_argv, io) {
      const { runSeed } = await import('./errands.ts');
      return runSeed(await config(), io);
    },
  },
  verify: {
    summary:
      'rebuild every land ledger from its events and compare; exit code 1 when one is not sound; see regreen verify --help',
    hasArguments: true,
    async run(argv, io) {
      const { runVerify } = await import('./errands.ts');
      return runVerify(await config(), argv, io);
    },
  },
  import: {
    summary: 'examine survey files and write them to the ledger of a mine; see regreen import --help',
    hasArguments: true,
    async run(argv, io) {
      const { runImport } = await import('./errands.ts');
      return runImport(await config(), argv, io);
    },
  },
  export: {
    summary: 'write land, mines, facilities or habitats to a file; see regreen export --help',
    hasArguments: true,
    async run(argv, io) {
      const { runExport } = await import('./errands.ts');
      return runExport(await config(), argv, io);
    },
  },
  zonal: {
    summary: 'statistics of a raster over the polygons of a file; see regreen zonal --help',
    hasArguments: true,
    async run(argv, io) {
      const { runZonalCommand } = await import('./exchange/zonal.command.ts');
      return runZonalCommand(argv, io);
    },
  },
};

async function config() {
  const { readConfig } = await import('./platform/config.ts');
  return readConfig(process.env);
}

async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const isAsked = ['help', '--help', '-h'].includes(name);
    (isAsked ? io.stdout : io.stderr).write(`${isAsked ? '' : `regreen: no command "${name}"\n`}${usage()}`);
    return isAsked ? 0 : 2;
  }
  if (!command.hasArguments && rest.length > 0) {
    const isAsked = rest.some(argument => argument === '--help' || argument === '-h');
    if (isAsked) io.stdout.write(`regreen ${name}: ${command.summary}\n`);
    else io.stderr.write(`regreen ${name}: takes no arguments, not ${rest.join(' ')}\n`);
    return isAsked ? 0 : 2;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    const { tellFailure } = await import('./tell-failure.ts');
    return tellFailure(error, io);
  }
}

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: regreen <command>\n\n${lines.join('\n')}\n`;
}

// Threads and timers must not keep a finished command alive.
process.exit(await main(process.argv.slice(2), process));
