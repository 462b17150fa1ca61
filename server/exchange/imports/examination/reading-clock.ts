/** A time limit that stands still while somebody else is waited for. */
export class ReadingClock {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private startedMs = 0;
  private leftMs: number;

  constructor(limitMs: number) {
    this.leftMs = limitMs;
    this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Stands still until what is answered is called. */
  pause(): () => void {
    this.end();
    this.leftMs -= Date.now() - this.startedMs;
    return () => this.start();
  }

  /** Ends what is timed at once. */
  stop(): void {
    this.controller.abort();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private start(): void {
    this.startedMs = Date.now();
    this.timer = setTimeout(() => this.controller.abort(), Math.max(0, this.leftMs));
    this.timer.unref();
  }
}
