import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageParts } from '../../src/cli/page-parts.ts';
import { comparisonOf } from '../../src/compare/compare.ts';
import { usualPlan, type Assessment, type Comparison } from '../../src/index.ts';
import { htmlReport } from '../../src/report/html/document.ts';
import { reportPageOf } from '../../src/report/html/page.ts';
import {
  assessmentOf,
  enlarged,
  mapFindings,
  TODAY,
  withNews,
  withoutFile,
  withStatements,
} from './assessments.ts';
import { browserPath, NO_BROWSER, startBrowser } from './browser.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HOSTILE = `</script><script>owned=1</script><!--<img src=x onerror="owned=1"> ' \u2028 \u202e &amp; \${x}`;

if (browserPath === undefined) console.warn(`The report page is not tested in a browser: ${NO_BROWSER}`);

describe.skipIf(browserPath === undefined)('the report in a browser', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-html-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
    const accessible = await withNews('accessible', 'web/cors');
    const unify = await assessmentOf('unify');
    await Promise.all([
      write('one', unify),
      write(
        'compared',
        unify,
        comparisonOf(
          { label: 'v1', assessment: await withoutFile('unify', 'deployment/docker-compose.prod.yml') },
          { label: 'v2', assessment: unify },
        ),
      ),
      write('claims', await assessmentOf('datalogic', { claims: 'repository' })),
      write('said', await withStatements('quadra-matrix')),
      write(
        'two',
        mapFindings(accessible, (finding, { control }) => ({
          ...finding,
          fixable: control === 'web/cors' ? 'auto' : 'no',
        })),
      ),
      write('many', enlarged(unify, 500)),
      write('hostile', hostile(unify)),
    ]);
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fileOf = (name: string): string => join(folder, `${name}.html`);
  const write = async (
    name: string,
    assessment: Assessment,
    comparison: Comparison | 'none' = 'none',
  ): Promise<void> => {
    writeFileSync(
      fileOf(name),
      htmlReport(
        reportPageOf(assessment, { day: TODAY, plan: usualPlan(assessment, TODAY), comparison }),
        await pageParts(),
      ),
    );
  };

  /** Opens a report as by double click; whatever it asks for or complains about fails the test. */
  async function opened(
    name: string,
    { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string },
    act: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', message => trouble.push(message.text()));
    page.on('pageerror', error => trouble.push(error.message));
    const address = pathToFileURL(fileOf(name)).href;
    context.on('request', request => {
      if (!request.url().startsWith('data:') && !request.url().startsWith(address))
        trouble.push(request.url());
    });
    try {
      await page.goto(`${address}${hash}`);
      await act(page);
      expect(trouble).toEqual([]);
    } finally {
      await context.close();
    }
  }

  const openEverything = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.locator('details').evaluateAll(all => {
      for (const each of all) each.setAttribute('open', '');
    });
    await page.locator('.excerpt').first().waitFor();
  };

  const violations = async (page: Page): Promise<readonly string[]> => {
    await page.addScriptTag({ path: AXE }).catch(() => undefined);
    const { violations: found } = await page.evaluate(() =>
      (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
    );
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`);
  };

  test.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s', async colorScheme => {
    for (const name of ['one', 'two', 'said', 'claims', 'compared'])
      // The policy of the page stops scripts of others, and axe is one.
      await opened(name, { colorScheme, bypassCSP: true }, async page => {
        await openEverything(page);
        expect(await violations(page)).toEqual([]);
      });
  });

  test('has nothing that axe objects to on a phone, and does not scroll sideways', async () => {
    await opened('two', { viewport: { width: 390, height: 844 }, bypassCSP: true }, async page => {
      await openEverything(page);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  });

  test('says the verdict, the score and what to do first', async () => {
    await opened('one', {}, async page => {
      await expect.poll(() => page.title()).toBe('Production readiness of unify');
      const summary = page.locator('#summary');
      expect(await summary.getByRole('heading', { name: 'Not ready' }).count()).toBe(1);
      expect(await summary.getByRole('img', { name: 'Score 4.2 of 10' }).count()).toBe(1);
      expect(await summary.locator('.first-steps li').count()).toBe(3);
      expect(await page.locator('#scores .row').count()).toBeGreaterThan(15);
    });
  });

  test('is readable without scripts', async () => {
    await opened('one', { javaScriptEnabled: false }, async page => {
      const text = await page.locator('body').innerText();
      expect(text).toMatch(/Not ready/);
      expect(text).toMatch(/SECRET_KEY of unify-app falls back to a literal/);
      expect(await page.locator('.switch, .filter').count()).toBe(0);
      await page.locator('.group > summary').first().click();
      expect(await page.locator('.group').first().innerText()).toMatch(/What to do/);
    });
  });

  test('shows what comes from the repository as text', async () => {
    await opened('hostile', {}, async page => {
      await openEverything(page);
      expect(await page.evaluate(() => 'owned' in window)).toBe(false);
      expect(await page.locator('img, iframe').count()).toBe(0);
      expect(await page.locator('h1').innerText()).toBe(shown(HOSTILE));
      const place = page.locator('.group').first();
      expect(await place.locator('.where').first().innerText()).toContain('</script>');
      expect(await place.locator('.excerpt mark').first().innerText()).toContain('<img src=x onerror=');
    });
  });

  test('opens and focuses the finding that its address names', async () => {
    const id = idOf(await assessmentOf('unify'), 'config/app-secret');
    await opened('one', { hash: `#finding-${id}` }, async page => {
      const finding = page.locator(`#finding-${id}`);
      await expect.poll(() => finding.evaluate(each => each === document.activeElement)).toBe(true);
      expect(await finding.locator('.excerpt').isVisible()).toBe(true);
      await expect.poll(() => finding.evaluate(each => each.getBoundingClientRect().top)).toBeLessThan(200);
    });
  });

  test('shows what a new address names, whatever was filtered', async () => {
    const id = idOf(await assessmentOf('unify'), 'config/app-secret');
    await opened('one', {}, async page => {
      await page.getByRole('searchbox').fill('nothing has this');
      expect(await page.locator('.group').count()).toBe(0);
      await page.evaluate(hash => {
        location.hash = hash;
      }, `finding-${id}`);
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(`finding-${id}`);
    });
  });

  test('narrows the findings down', async () => {
    await opened('two', {}, async page => {
      const status = page.getByRole('status');
      const all = await status.innerText();
      const clear = async () => {
        await page.getByRole('button', { name: 'Clear the filter' }).click();
        expect(await status.innerText()).toBe(all);
      };
      await page.getByRole('checkbox', { name: 'Critical' }).check();
      expect(await page.locator('.group:not(.critical)').count()).toBe(0);
      expect(await page.locator('.group.critical').count()).toBeGreaterThan(0);
      await clear();
      await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'HTTP surface' });
      expect(
        (await page.locator('.group > summary code:last-child').allInnerTexts()).every(text =>
          text.startsWith('web/'),
        ),
      ).toBe(true);
      await clear();
      await page.getByRole('combobox', { name: 'Service' }).selectOption('flaskDataApi');
      expect(await status.innerText()).toMatch(/^\d+ of \d+ findings$/);
      await clear();
      for (const name of ['Can be fixed by seaworthy', 'New since the baseline']) {
        await page.getByRole('checkbox', { name }).check();
        const controls = await page.locator('.group > summary code:last-child').allInnerTexts();
        expect([...new Set(controls)]).toEqual(['web/cors']);
        await clear();
      }
      await page.getByRole('searchbox').fill('allow_origins middleware');
      expect(await page.locator('.group').count()).toBeGreaterThan(0);
      expect(await page.locator('.group').count()).toBeLessThan(10);
      await page.getByRole('searchbox').fill('no such words anywhere');
      expect(await page.getByText('Nothing fits.').isVisible()).toBe(true);
    });
  });

  test('shows the plan by tier and phase, and leads from it to the findings', async () => {
    await opened('one', {}, async page => {
      const plan = page.locator('#plan');
      expect(await plan.locator('.tiers li').allInnerTexts()).toEqual([
        expect.stringMatching(/^Minimum\s+What is critical\s+\d+ pieces of work/),
        expect.stringMatching(/^Recommended/),
        expect.stringMatching(/^Full/),
      ]);
      await plan.locator('.phase > summary').nth(1).click();
      await plan.locator('.phase').nth(1).locator('.piece a').first().click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toMatch(/^group /);
    });
  });

  test('sets what documents claim beside what was found', async () => {
    await opened('claims', {}, async page => {
      const claims = page.locator('#claims');
      expect(await claims.locator('.tile').allInnerTexts()).toEqual([
        expect.stringMatching(/^\d+\s+Refuted$/),
        expect.stringMatching(/True in part$/),
        expect.stringMatching(/Supported$/),
        expect.stringMatching(/Without evidence$/),
      ]);
      await claims.locator('.fold > summary').first().click();
      expect(await claims.locator('.claim').first().innerText()).toMatch(/^Refuted\s+.+\s+PRODUCTION.md:\d+/);
    });
    await opened('one', {}, async page => {
      expect(await page.locator('#claims, a[href="#claims"]').count()).toBe(0);
    });
  });

  test('sets an earlier state beside the present one', async () => {
    await opened('compared', {}, async page => {
      const part = page.locator('#comparison');
      expect(await part.innerText()).toMatch(/Before: v1.*After: v2/);
      const score = part.locator('tr', { has: page.getByRole('rowheader', { name: 'Score', exact: true }) });
      expect(await score.locator('td').allInnerTexts()).toEqual([
        expect.stringMatching(/^\d+\.\d/),
        expect.stringMatching(/^\d+\.\d/),
        expect.stringMatching(/^([+−]\d+\.\d)?$/),
      ]);
      const news = part.locator('details', { hasText: 'Findings that are new' });
      expect(await news.locator('code.where').allInnerTexts()).toContainEqual(
        expect.stringMatching(/^deployment\/docker-compose.prod.yml:\d+$/),
      );
      await news.locator('a').first().click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toMatch(/^finding/);
    });
    await opened('one', {}, async page => {
      expect(await page.locator('#comparison, a[href="#comparison"]').count()).toBe(0);
    });
  });

  test('says what people have accepted and stated', async () => {
    await opened('said', {}, async page => {
      const said = await page.locator('#accepted').innerText();
      expect(said).toMatch(/only inside until the gateway is there.*Jane, until 31 January 2027/s);
      expect(said).toMatch(/Somebody has tried to break in/);
      expect(said).toMatch(/attest\/on-call ended on 2026-10-01/);
      expect(await page.locator('#frameworks summary').count()).toBeGreaterThan(3);
    });
  });

  test('leads from a number to what it counts', async () => {
    await opened('one', {}, async page => {
      await page.getByRole('button', { name: /^\d+ Critical$/ }).click();
      expect(await page.locator('.group:not(.critical)').count()).toBe(0);
      await page.getByRole('button', { name: 'Settings and secrets' }).click();
      expect(await page.locator('.group').count()).toBeGreaterThan(1);
      await page.locator('.first-steps a').first().click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toMatch(/^group /);
    });
  });

  test('can be walked through with the keyboard', async () => {
    await opened('one', {}, async page => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Skip/);
      await page.keyboard.press('Enter');
      for (let presses = 0; presses < 20; presses++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.matches('.group > summary'))) break;
      }
      const group = page.locator('.group').first();
      await page.keyboard.press('Enter');
      await group.locator('.excerpt').first().waitFor();
      await page.keyboard.press('Space');
      await expect.poll(() => group.getAttribute('open')).toBeNull();
    });
  });

  test('keeps the theme that was chosen', async () => {
    await opened('one', { colorScheme: 'light' }, async page => {
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.getByRole('button', { name: 'Dark theme' }).click();
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.reload();
      expect(await ground()).toBe(dark);
      expect(await page.getByRole('button', { name: 'Light theme' }).count()).toBe(1);
    });
  });

  test('prints everything, without what can only be clicked', async () => {
    await opened('one', {}, async page => {
      const before = await page.locator('.excerpt').count();
      const pdf = await page.pdf({ format: 'A4', printBackground: true });
      expect(pdf.length).toBeGreaterThan(100_000);
      expect(before).toBe(0);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect(await page.locator('.excerpt').count()).toBeGreaterThan(100);
      expect(await page.locator('.navigation, .filter, .switch').filter({ visible: true }).count()).toBe(0);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      await expect.poll(() => page.locator('.excerpt').count()).toBe(0);
    });
  });

  test('filters hundreds of findings without a pause', async () => {
    await opened('many', {}, async page => {
      expect(await page.getByRole('status').innerText()).toMatch(/^5\d\d findings$/);
      const millis = await page.evaluate(async () => {
        const search = document.querySelector<HTMLInputElement>('input[type=search]');
        if (!search) throw new Error('no search');
        const type = async (text: string) => {
          const started = performance.now();
          search.value = text;
          search.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
          return performance.now() - started;
        };
        await type('once'); // what is searched is made at the first letter
        const rounds: number[] = [];
        for (let round = 0; round < 5; round++)
          rounds.push(Math.max(await type('once more 3'), await type('zzz'), await type('')));
        return Math.min(...rounds); // the machine may be busy with other tests
      });
      expect(millis).toBeLessThan(1000);
    });
  });

  test('stays small', () => {
    for (const name of ['one', 'two']) expect(statSync(fileOf(name)).size).toBeLessThan(1_000_000);
  });
});

const shown = (text: string): string => text.replace('\u2028', '\\u2028').replace('\u202e', '\\u202e');

const idOf = ({ services }: Assessment, control: string): string => {
  const id = services.flatMap(({ judgements }) =>
    judgements.filter(each => each.control === control).flatMap(({ findings }) => findings),
  )[0]?.id;
  if (id === undefined) throw new Error(`${control} does not fail`);
  return id;
};

/** A repository that was named and written to break out. */
const hostile = (assessment: Assessment): Assessment =>
  mapFindings(
    { ...assessment, repository: { ...assessment.repository, name: HOSTILE } },
    ({ places, ...finding }) => ({
      ...finding,
      message: HOSTILE,
      remedy: HOSTILE,
      impact: HOSTILE,
      places: places.map(({ at, ...place }) => ({
        ...place,
        at: { ...at, path: `src/${HOSTILE}.py` },
        says: HOSTILE,
        around: { startLine: at.startLine, text: HOSTILE },
      })),
    }),
  );
