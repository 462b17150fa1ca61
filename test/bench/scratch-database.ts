import pg from 'pg';

/** Work on a database of its own on a server, which is gone afterwards. */
export async function withScratchDatabase<T>(url: string, work: (url: string) => T | Promise<T>): Promise<T> {
  const name = `regreen_bench_${process.pid}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const scratch = new URL(url);
    scratch.pathname = `/${name}`;
    return await work(scratch.href);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}
