export interface ProgressBar {
  /** `fraction` 0..1. */
  readonly show: (fraction: number) => void;
  readonly clear: () => void;
}

export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** A bar on a terminal; undefined in a pipe, where it would be noise. */
export function createProgressBar(terminal: Terminal): ProgressBar | undefined {
  if (terminal.isTTY !== true) return undefined;
  const width = Math.max(10, Math.min(60, (terminal.columns ?? 80) - 8));
  let shown = '';
  return {
    show(fraction) {
      const filled = Math.round(fraction * width);
      const text = `\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${String(Math.floor(fraction * 100)).padStart(3)} %`;
      if (text === shown) return;
      shown = text;
      terminal.write(text);
    },
    clear: () => void terminal.write(`\r${' '.repeat(width + 8)}\r`),
  };
}
