import type { Knex } from 'knex';

/** What a connection of the driver has for copying; its types leave it out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(bytes: Uint8Array): void;
  endCopyFrom(): void;
}

/**
 * Sends rows into a table with `copy … from stdin`, on the connection of a transaction: what they cost the server besides being stored is a
 * fraction of what values of a statement cost. For a server alone; the embedded database takes no copy from its client.
 */
export async function copyIn(tx: Knex.Transaction, statement: string, rows: Uint8Array): Promise<void> {
  const client = tx.client as { acquireConnection(): Promise<{ query(work: Copy): unknown }> };
  const connection = await client.acquireConnection();
  await new Promise<void>((resolve, reject) => {
    connection.query(new Copy(statement, rows, error => (error === undefined ? resolve() : reject(error))));
  });
}

/** A piece of work in the driver's own queue, which calls these methods as answers arrive. */
class Copy {
  private readonly statement: string;
  private readonly rows: Uint8Array;
  private readonly done: (error?: Error) => void;

  constructor(statement: string, rows: Uint8Array, done: (error?: Error) => void) {
    this.statement = statement;
    this.rows = rows;
    this.done = done;
  }

  submit(connection: CopyConnection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.rows);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {
    // Ready for the next statement is what counts.
  }

  handleReadyForQuery(): void {
    this.done();
  }

  handleError(error: Error): void {
    this.done(error);
  }
}
