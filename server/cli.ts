import { prepare, runWorker, serve, type Io } from './main.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { AppError } from './platform/errors.ts';
import { wordProblem } from './platform/http/problem.ts';

interface Command {
  readonly summary: string;
  /** Resolves with the exit code. */
  run(argv: readonly string[], io: Io): Promise<number>;
}

const lost = (error: Error): never => {
  throw error;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'run the server; the embedded database unless DATABASE_URL is set',
    run: (_argv, io) => serve(readConfig(process.env), io),
  },
  worker: {
    summary: 'run background jobs only, beside servers on the same DATABASE_URL',
    run: (_argv, io) => runWorker(readConfig(process.env), io),
  },
  migrate: {
    summary: 'bring the database to this version',
    async run(_argv, io) {
      const container = await prepare(readConfig(process.env), text => io.stdout.write(`${text}\n`), lost);
      await container.jobs.stop(0);
      await container.database.close();
      io.stdout.write('The database is current.\n');
      return 0;
    },
  },
};

async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const isAsked = ['help', '--help', '-h'].includes(name);
    (isAsked ? io.stdout : io.stderr).write(`${isAsked ? '' : `regreen: no command "${name}"\n`}${usage()}`);
    return isAsked ? 0 : 2;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof ConfigError) {
      io.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof AppError)) throw error;
    const { en, zh } = wordProblem(error.code, error.params);
    io.stderr.write(`regreen: ${error.code}\n${en}\n${zh}\n`);
    return 1;
  }
}

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: regreen <command>\n\n${lines.join('\n')}\n`;
}

// Threads and timers must not keep a finished command alive.
process.exit(await main(process.argv.slice(2), process));
