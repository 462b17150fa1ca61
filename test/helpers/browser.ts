// A real Chromium on the real server. Screenshots stay under test/output/ for whoever wants to look.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

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

export async function openPage(
  browser: Browser,
  url: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
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
  const isAtRest = (): Promise<boolean> =>
    page.locator('.map').evaluate(element => {
      const { map } = element as unknown as { map?: { loaded(): boolean; isMoving(): boolean } };
      return map !== undefined && map.loaded() && !map.isMoving();
    });
  // Seen twice: a page that has just been told where to go sets out a moment later.
  for (let seen = 0, tries = 0; seen < 2; tries++) {
    if (tries === 100) throw new Error('the map does not come to rest');
    await page.waitForTimeout(250);
    seen = (await isAtRest()) ? seen + 1 : 0;
  }
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
