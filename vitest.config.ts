import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/runner/closing-line.ts';

const project = (name: string, include: readonly string[], slow = false, globalSetup: string[] = []) => ({
  extends: true as const,
  // A property test takes its time on a busy machine; a test that hangs is found all the same.
  test: {
    name,
    include: [...include],
    globalSetup,
    setupFiles: ['test/runner/property-seed.ts'],
    testTimeout: slow ? 60_000 : 30_000,
    hookTimeout: 180_000,
    // A page drawn in software answers late; what never comes is found all the same.
    expect: { poll: { timeout: slow ? 20_000 : 2_000 } },
  },
});

/** The projects of the tests (`npx vitest run --project gis`). Apart from the build's settings, which need no test runner. */
export default defineConfig({
  root: 'client',
  test: {
    root: import.meta.dirname,
    globalSetup: ['test/runner/build-server.ts'],
    reporters: ['default', new ClosingLine()],
    // Most of a test's time is spent waiting for a database or a browser: all processors take part.
    maxWorkers: '100%',
    projects: [
      project('architecture', ['test/architecture.test.ts']),
      project('gis', ['gis/**/*.test.ts']),
      project('server', ['server/**/*.test.ts', 'samples/**/*.test.ts']),
      project('client', ['client/**/*.test.{ts,tsx}']),
      project('db', ['test/db/**/*.test.ts'], true),
      project('http', ['test/http/**/*.test.ts'], true),
      project('e2e', ['test/e2e/**/*.test.ts'], true, ['test/runner/build-client.ts']),
      project('real', ['test/real/**/*.test.ts'], true),
    ],
  },
});
