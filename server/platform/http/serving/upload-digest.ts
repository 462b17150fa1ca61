import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * SHA-256 of a multipart body as it comes, its boundary left out: every sender makes up another one each time, also for the same
 * parts in the same order.
 */
export class UploadDigest {
  private readonly hash = createHash('sha256');
  private readonly boundary: Buffer;
  /** The last bytes seen, in which a boundary may have begun. */
  private tail = Buffer.alloc(0);

  constructor(contentType = '') {
    const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
    this.boundary = Buffer.from(quoted ?? plain ?? '', 'latin1');
  }

  update(chunk: Buffer): void {
    const { boundary } = this;
    if (boundary.length === 0) {
      this.hash.update(chunk);
      return;
    }
    let rest = Buffer.concat([this.tail, chunk]);
    for (let at = rest.indexOf(boundary); at >= 0; at = rest.indexOf(boundary)) {
      this.hash.update(rest.subarray(0, at));
      rest = rest.subarray(at + boundary.length);
    }
    const sure = Math.max(0, rest.length - boundary.length + 1);
    this.hash.update(rest.subarray(0, sure));
    this.tail = Buffer.from(rest.subarray(sure));
  }

  digest(): string {
    return this.hash.update(this.tail).digest('hex');
  }
}

/** Listens to a body that somebody else will read; answers its digest once all of it has come, and undefined before. */
export function digestOnTheWay(req: IncomingMessage): () => string | undefined {
  const digest = new UploadDigest(req.headers['content-type']);
  let whole: string | undefined;
  // Paused, it does not begin to flow for this listener alone: its reader may still have to be found.
  req.pause();
  req.on('data', (chunk: Buffer) => digest.update(chunk));
  req.once('end', () => (whole = digest.digest()));
  return () => whole;
}

/** Reads a body that nobody else will, for its digest; undefined where it ended too early. */
export function readDigest(req: IncomingMessage): Promise<string | undefined> {
  const whole = digestOnTheWay(req);
  return new Promise(resolve => {
    for (const end of ['end', 'error', 'close'] as const) req.once(end, () => resolve(whole()));
    req.resume();
  });
}
