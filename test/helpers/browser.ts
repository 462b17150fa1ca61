// A real Chromium on the real server. Screenshots stay under test/output/ for whoever wants to look.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../server/accounts/demo-accounts.ts';
import type { Role } from '../../server/platform/viewer.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
  existsSync(path),
);
const OUTPUT = join(import.meta.dirname, '..', 'output', 'screenshots');

/** False without a Chromium: the browser tests are skipped, and say so. Under CI=true that is a failure instead. */
export function hasBrowser(): boolean {
  if (CHROMIUM !== undefined) return true;
  if (process.env.CI === 'true') throw new Error('no Chromium on this machine, and CI=true allows no skip');
  process.stderr.write('skipped: no Chromium on this machine\n');
  return false;
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM as string,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  });

export interface OpenedPage {
  readonly page: Page;
  /** Errors of the page itself: uncaught ones, and addresses outside the server that it asked for. */
  readonly faults: string[];
}

export interface PageOptions extends BrowserContextOptions {
  /** Signed in as one of the demo accounts before the page is opened. */
  readonly as?: Role | undefined;
  /**
   * A corner of the page instead of most of it: for tests of what is beside the map. Drawn in software, a map takes the processors from the
   * server that the test waits for.
   */
  readonly isMapSmall?: boolean | undefined;
}

/** As small as outlines can be fitted in with the margin that they get. */
const SMALL_MAP =
  '.stage-map .map { inset: 0 0 auto auto !important; width: 260px !important; height: 240px !important; }';

export async function openPage(
  browser: Browser,
  url: string,
  path: string,
  { as, isMapSmall = false, ...options }: PageOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  if (as !== undefined) {
    const data = { username: as, password: DEMO_PASSWORD };
    const answer = await context.request.post(`${url}/api/v1/session`, { data, headers: { origin: url } });
    if (!answer.ok()) throw new Error(`no session for ${as}: ${answer.status()}`);
  }
  const page = await context.newPage();
  if (isMapSmall)
    await page.addInitScript(css => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }, SMALL_MAP);
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.message));
  page.on('request', request => {
    const target = request.url();
    if (!target.startsWith(url) && !/^(data|blob):/.test(target)) faults.push(`asked for ${target}`);
  });
  await page.goto(url + path);
  return { page, faults };
}

/** Waits until the map has come to rest and has drawn all that it asked for: what is clicked on it then is where it seems to be. */
export async function mapAtRest(page: Page): Promise<void> {
  // Asked within the page: on a busy machine each question from outside takes as long as the rest itself.
  await page.locator('.map').evaluate(async element => {
    const isAtRest = (): boolean => {
      const { map } = element as unknown as { map?: { loaded(): boolean; isMoving(): boolean } };
      return map !== undefined && map.loaded() && !map.isMoving();
    };
    // Seen twice: a page that has just been told where to go sets out a moment later.
    for (let seen = 0, tries = 0; seen < 2; tries++) {
      if (tries === 100) throw new Error('the map does not come to rest');
      await new Promise(resolve => setTimeout(resolve, 250));
      seen = isAtRest() ? seen + 1 : 0;
    }
  });
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of WCAG 2.2 A and AA that axe finds on the page as it stands, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(
          root: Document,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    });
    return violations.flatMap(violation =>
      violation.nodes.map(node => `${violation.id}: ${node.target.join(' ')} – ${node.failureSummary ?? ''}`),
    );
  });
}
