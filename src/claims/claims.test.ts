import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controls } from '../controls/index.ts';
import type { AssessedService, Claims, Facts, Judgement } from '../model/index.ts';
import { repositoryOf } from '../read/memory.ts';
import type { Witness } from './answer.ts';
import { checks } from './checks/index.ts';
import { claimsIn } from './claims.ts';
import { topics } from './vocabulary/index.ts';

const NONE = { overall: 'none', byCategory: new Map() } as const;

const read = (text: string, witnesses: readonly Witness[] = [], path = 'READY.md'): Claims =>
  claimsIn([{ path, text, role: 'docs', tracked: 'yes' }], { repository: repositoryOf({}), witnesses }, NONE);

/** `3 box there: rate limiting`. */
const saidIn = (text: string): readonly string[] =>
  read(text).documents.flatMap(({ claims }) =>
    claims.map(({ at, form, says, about }) => `${at.startLine} ${form} ${says}: ${about.join(' + ')}`),
  );

const leftIn = (text: string): readonly string[] =>
  read(text).documents.flatMap(({ leftOut }) => leftOut.map(({ because, count }) => `${count} ${because}`));

describe('the forms of claims', () => {
  test.each([
    ['- [x] Rate limiting', '1 box there: rate limiting'],
    ['- [x] **Rate limiting** - 200 per hour', '1 box there: rate limiting'],
    ['- [X] ✅ Non-root user', '1 box there: image without root'],
    ['- [x] Set up CI/CD pipeline', '1 box there: pipeline'],
    ['1. ✅ **Rate limiting**', '1 mark there: rate limiting'],
    ['- ✅ **Pagination**: 20 items a page', '1 mark there: pagination'],
    ['3. **Rate Limiting** (already implemented ✅)', '1 mark there: rate limiting'],
    [
      '# A\n\n## Production requirements\n\n3. **Enforce Strong Password Policy** (already implemented ✅)',
      '5 mark there: rules for passwords',
    ],
    ['- Use pagination for large result sets ✅ (implemented in routes.py)', '1 mark there: pagination'],
    ['- Rate limiting ✅', '1 mark there: rate limiting'],
    ['### 3. Rate Limiting ✅', '1 mark there: rate limiting'],
    ['✅ **Rate limiting** on every route  \n✅ **Pagination**', '1 mark there: rate limiting'],
    ['- Add `/health` endpoint — DONE', '1 mark there: health route'],
    ['- ❌ Rate limiting', '1 mark missing: rate limiting'],
    ['- ❌ → ✅ Rate limiting', '1 mark there: rate limiting'],
    ['| Feature | Status |\n|---|---|\n| Rate limiting | ✅ มี |', '3 table there: rate limiting'],
    ['| Area | State |\n|---|---|\n| Metrics | 🟢 |', '3 table there: metrics'],
    ['| Area | State |\n|---|---|\n| Metrics | ⬜ open |', '3 table missing: metrics'],
    [
      '| Функция | Статус |\n|---|---|\n| CSRF | Нет |',
      '3 table missing: protection against forged requests',
    ],
    [
      '# A\n\n## B\n\n#### 6.2 Rate Limiting\n**Status:** ❌ NOT IMPLEMENTED',
      '6 status missing: rate limiting',
    ],
    ['# A\n\n## Features\n\n- Rate limiting\n', '5 feature there: rate limiting'],
    ['# A\n\n## Missing\n\n- Rate limiting\n', '5 sentence missing: rate limiting'],
    ['### 13. **No Rate Limiting**', '1 sentence missing: rate limiting'],
    ['- No Prometheus metrics', '1 sentence missing: metrics'],
    ['Rate limiting is enabled.', '1 sentence there: rate limiting'],
    ['Rate limiting is not implemented.', '1 sentence missing: rate limiting'],
    ['## Critical issues\n\n### Debug Mode Enabled', '3 sentence missing: debug mode off'],
    ['**Current:** CORS allows all origins', '1 sentence missing: CORS limited to known origins'],
    ['**Status**: PRODUCTION READY ✅', '1 status there: readiness of the whole'],
    ['## Current Status: NOT Production Ready', '1 status missing: readiness of the whole'],
    ['## ✅ All Critical Issues Resolved', '1 status there: closing of all critical issues'],
    [
      '# A\n\n## Conclusion\n\nAll 9 critical production readiness issues have been resolved. It is fast.',
      '5 status there: closing of all critical issues',
    ],
    ['**RPO**: 15 minutes', '1 number there: RPO'],
    ['Three replicas run behind the service.', '1 number there: replicas'],
    ['- **Files**: `a.sh` (NEW)', '1 file there: a file'],
    ['```\n✅ Rate limiting\n✅ Pagination\n✅ CSRF protection\n```', '2 mark there: rate limiting'],
    // Two encodings that a mark has gone through.
    ['- âœ… Rate limiting', '1 mark there: rate limiting'],
    ['- ‚úÖ Rate limiting', '1 mark there: rate limiting'],
  ])('%j', (text, wanted) => {
    expect(saidIn(text)).toContain(wanted);
  });

  test('what is open counts where the document tells states', () => {
    expect(saidIn('- [x] Pagination\n- [ ] Rate limiting')).toContain('2 box missing: rate limiting');
    expect(saidIn('- ✅ Pagination\n\n## Next steps\n\n- [ ] Rate limiting')).toContain(
      '5 box planned: rate limiting',
    );
  });
});

describe('what looks like a claim and is none', () => {
  test.each([
    ['a condition', '- [x] Rate limiting if Redis is configured'],
    ['an advice', '✅ Rate limiting should be enabled'],
    ['an instruction with a tick', '- ✅ **Rate limiting**: Restrict to 100 per hour'],
    ['an instruction in a numbered list', '1. ✅ Set up rate limiting'],
    ['the future', '✅ Rate limiting will be added'],
    ['the future in a sentence', 'Rate limiting is planned.'],
    ['a question', '- [x] Is rate limiting enabled?'],
    ['a quotation', '> ✅ Rate limiting'],
    ['reported speech', 'The vendor claims that rate limiting is enabled.'],
    ['a place to fill in', '- [x] Rate limiting: _____'],
    ['a template', '- [x] {{ cookiecutter.limits }} rate limiting'],
    ['an example', '- [x] Protection, e.g. rate limiting'],
    ['code', '```python\nRATE_LIMIT = "rate limiting is enabled"\n```'],
    ['output of a command', '## Expected output\n\n```\n✅ Rate limiting\n✅ CSRF\n✅ CORS restricted\n```'],
    ['a heading', '## Rate limiting'],
    ['a heading of a plan', '# Plan\n\n## Phase 1\n\nRate limiting is implemented.'],
    ['acceptance criteria', '# A\n\n## Acceptance criteria\n\n- [ ] Rate limiting'],
    ['acceptance criteria with a mark', '# A\n\n## Acceptance criteria\n\n- ✅ Rate limiting'],
    ['a list of which nothing is ticked', '- [ ] Rate limiting\n- [ ] CSRF protection'],
    ['a step after a deployment', '- [x] Pagination\n\n# A\n\n## Post-deployment\n\n- [ ] Health endpoint'],
    ['another project', '✅ Unlike Django, rate limiting is built in'],
    ['somebody else', '- [x] Rate limiting by Cloudflare'],
    ['a comment', '<!--\n- [x] Rate limiting\n-->'],
    ['what is done in part', '- ⚠️ Rate limiting'],
    ['mark and box that disagree', '- [ ] ✅ Rate limiting'],
    ['a tick before what is missing', '- [x] No rate limiting'],
    ['a table that compares', '| | Ours | Theirs |\n|---|---|---|\n| Rate limiting | ✅ | ❌ |'],
    ['a column of a plan', '| Task | Owner |\n|---|---|\n| Rate limiting | ✅ Jane |'],
    ['by the way', '- [x] Redis, to prevent rate limiting problems'],
    ['something else of the name', '- [x] Rate limiting considerations documented'],
    ['more of it', '# A\n\n## Missing\n\nNo more rate limiting problems'],
    ['a reason', '✅ Redis because rate limiting is needed'],
    ['nothing that is known', '- [x] Beautiful colours'],
  ])('%s: %j', (_, text) => {
    expect(saidIn(text).filter(each => /rate limiting|health|CSRF/.test(each))).toEqual([]);
  });

  test('is counted with its reason', () => {
    expect(leftIn('- [x] Beautiful colours\n- [x] Rate limiting if needed\n- [x] CSRF: ____')).toEqual([
      '1 a condition or an advice',
      '1 a place to be filled in',
      '1 not understood',
    ]);
  });

  test('what a tick covers is no claim of its own', () => {
    expect(saidIn('- [x] Redis-based rate limiting\n  - Add pagination for internal services')).toHaveLength(
      1,
    );
  });
});

describe('documents that contradict themselves', () => {
  const saysIn = (text: string) => read(text).contradictions.map(({ says }) => says);

  test('ticked here, open there', () => {
    expect(saysIn('- [x] Rate limiting\n- [ ] Add rate limiting\n')).toEqual([
      'rate limiting: said to be there, and to be missing',
    ]);
    expect(saysIn('- [x] Rate limiting\n- [ ] Add rate limiting per tenant and route\n')).toEqual([]);
  });

  test('a ticked heading over open boxes', () => {
    expect(saysIn('## Security ✅\n\n- [x] Pagination\n- [ ] Rate limiting\n')).toEqual([
      'a heading is ticked, and a box below it is open',
    ]);
  });

  test('two numbers for one thing, ready and not ready', () => {
    expect(saysIn('RPO: 1 hour\n\nRPO: 4 hours\n')).toEqual([
      'RPO: two numbers, RPO: 1 hour and RPO: 4 hours',
    ]);
    expect(saysIn('Status: PRODUCTION READY\n\nStatus: NOT READY\n')).toEqual([
      'the whole is said to be ready, and not to be ready',
    ]);
  });
});

const judgement = (status: Judgement['status'], more: Partial<Judgement> = {}): Judgement => ({
  control: 'web/rate-limit',
  category: 'web',
  title: 'Callers who ask too often are slowed down',
  severity: 'high',
  stage: 'stable',
  status,
  rank: status === 'pass' ? 'static' : 'none',
  because: status === 'unknown' ? 'nobody can tell' : '',
  evidence:
    status === 'pass'
      ? [{ kind: 'place', at: { path: 'app.py', startLine: 1, endLine: 1 }, says: 'limits every route' }]
      : [],
  findings: status === 'fail' ? [finding('')] : [],
  waived: [],
  ...more,
});

const finding = (lowered: string): Judgement['findings'][number] => ({
  id: '1',
  content: '1',
  since: 'none',
  message: 'There is no limiter',
  severity: 'high',
  lowered,
  places: [],
  searched: [],
  excerpt: '',
  impact: '',
  remedy: '',
  fixable: 'no',
  observed: [],
});

const NO_FACTS: Facts = {
  all: () => [],
  has: () => false,
  searched: () => [],
  isRead: () => false,
  gaps: () => [],
};

const witness = (id: string, path: string, ...judgements: readonly Judgement[]): Witness => ({
  facts: NO_FACTS,
  assessed: { id, path, judgements, readiness: 'READY' } as unknown as AssessedService,
});

const verdictsOf = (text: string, ...witnesses: readonly Witness[]): readonly string[] =>
  read(text, witnesses).documents.flatMap(({ claims }) => claims.map(({ verdict }) => verdict));

describe('verdicts', () => {
  test.each([
    ['- [x] Rate limiting', judgement('pass'), 'supported'],
    ['- [x] Rate limiting', judgement('fail'), 'refuted'],
    ['- [x] Rate limiting', judgement('unknown'), 'no evidence'],
    ['- [x] Rate limiting', judgement('not-applicable', { because: 'it serves nobody' }), 'no evidence'],
    ['- [x] Rate limiting', judgement('pass', { stage: 'trial' }), 'no evidence'],
    ['- [x] Rate limiting', judgement('fail', { stage: 'trial' }), 'no evidence'],
    ['- [x] Rate limiting', judgement('pass', { rank: 'attested' }), 'no evidence'],
    ['- [x] Rate limiting', judgement('fail', { findings: [finding('some routes')] }), 'partly'],
    ['- [x] Rate limiting: 200 per hour', judgement('pass'), 'partly'],
    ['- [x] Rate limiting: 200 per hour', judgement('fail'), 'refuted'],
    ['- ❌ Rate limiting', judgement('fail'), 'supported'],
    ['- ❌ Rate limiting', judgement('pass'), 'refuted'],
    ['- ❌ Rate limiting', judgement('unknown'), 'no evidence'],
    ['- ❌ Better rate limiting for internal partners', judgement('pass'), 'no evidence'],
    ['- ✅ Pagination\n\n## Next steps\n\n- [ ] Rate limiting', judgement('pass'), 'no evidence'],
    ['- ✅ Pagination\n\n## Next steps\n\n- [ ] Rate limiting', judgement('fail'), 'supported'],
  ])('%j with %o', (text, one, wanted) => {
    expect(verdictsOf(text, witness('api', '.', one)).at(-1)).toBe(wanted);
  });

  test('of several services agree or are true in part', () => {
    const text = '- [x] Rate limiting';
    const [api, web] = [witness('api', 'api', judgement('pass')), witness('web', 'web', judgement('fail'))];
    expect(verdictsOf(text, api, web)).toEqual(['partly']);
    expect(verdictsOf(text, witness('api', 'api', judgement('unknown')), web)).toEqual(['no evidence']);
    expect(
      read('- [x] Rate limiting', [api, web], 'web/README.md').documents[0]?.claims[0]?.services,
    ).toEqual(['web']);
    expect(verdictsOf('- [x] Rate limiting of the web service', api, web)).toEqual(['refuted']);
  });

  test.each([
    ['READY', 'All critical issues resolved', 'supported'],
    ['READY WITH RISKS', 'All critical issues resolved', 'supported'],
    ['NOT READY', 'All critical issues resolved', 'refuted'],
    ['READY', '**Status**: PRODUCTION READY', 'supported'],
    ['READY WITH RISKS', '**Status**: PRODUCTION READY', 'partly'],
    ['NOT READY', '**Status**: PRODUCTION READY', 'refuted'],
    ['NOT READY', '**Status**: not production ready', 'supported'],
  ] as const)('where it is %s, "%s" is %s', (readiness, text, wanted) => {
    const { facts, assessed } = witness('api', '.', judgement('fail'));
    const measured = { facts, assessed: { ...assessed, readiness } };
    // Wherever the document lies that somebody hands in, it is about this repository.
    for (const path of ['STATUS.md', '/home/jane/summary.md', '../shared/fixes.md'])
      expect(
        read(text, [measured], path).documents.flatMap(({ claims }) => claims.map(({ verdict }) => verdict)),
        path,
      ).toEqual([wanted]);
    expect(read(text, [measured], 'docs/cache.md').documents.flatMap(({ claims }) => claims)).toEqual([]);
  });

  test('without a service there is no evidence', () => {
    expect(verdictsOf('- [x] Rate limiting')).toEqual(['no evidence']);
  });
});

describe('the vocabulary', () => {
  test('asks controls and comparisons that exist', () => {
    const ids = new Set<string>(controls.map(({ id }) => id));
    for (const { name, asks } of topics)
      for (const ask of asks)
        expect(ask.kind === 'check' ? ask.check in checks : ids.has(ask.control), name).toBe(true);
  });

  test('has one topic of each name, and each phrase once', () => {
    expect(new Set(topics.map(({ name }) => name)).size).toBe(topics.length);
    for (const { name, phrases } of topics) expect(new Set(phrases).size, name).toBe(phrases.length);
  });

  test.each(
    topics.flatMap(({ name, phrases, within }) => phrases.map(phrase => [name, phrase, within] as const)),
  )('%s is found by %j', (name, phrase, within) => {
    const words = phrase
      .replace(/[()~]/g, ' ')
      .replace(/\|\S+/g, '')
      .replace(/[*?]/g, '')
      .replace(/\bdot(?=[a-z])/g, '.');
    const text = `# A\n\n## ${within[0] ?? 'B'}\n\n- [x] ${words}`;
    const about = read(text).documents.flatMap(({ claims, leftOut }) =>
      leftOut.some(({ because }) => because !== 'not understood')
        ? [name]
        : claims.flatMap(claim => claim.about),
    );
    expect(about.length, text).toBeGreaterThan(0);
  });
});

const pieces = fc.constantFrom(
  '- [x] ',
  '- [ ] ',
  '✅ ',
  '❌',
  '# ',
  '#### ',
  '|',
  '| Status |\n|---|\n',
  '\n',
  '\n\n',
  '```\n',
  '> ',
  '**',
  '`',
  ': ',
  ' - ',
  '<!--',
  '-->',
  '---\n',
  'Rate limiting',
  'is enabled',
  'No ',
  'RPO 1 hour',
  '3 replicas',
  '9/10',
  'Status: READY',
  'âœ…',
  '\0',
  '\u202e',
  '\t',
  '  ',
  'if ',
  '1. ',
  'SECRET_KEY',
  '99999999999999999999',
  '%',
);

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces, { maxLength: 60 }).map(list => list.join('')),
  );

  test('is read without a crash, the same each time, and every place lies in it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const first = read(text, [witness('api', '.', judgement('fail'))]);
        expect(read(text, [witness('api', '.', judgement('fail'))])).toEqual(first);
        const lines = text.split('\n').length;
        const places = first.documents.flatMap(({ claims, scores }) =>
          [...claims, ...scores].map(({ at }) => at),
        );
        for (const { startLine, endLine } of places) {
          expect(startLine).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(startLine);
          expect(endLine).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a long line', `- [x] ${'rate limiting '.repeat(20_000)}`],
    ['many boxes', '- [x] Rate limiting\n'.repeat(20_000)],
    ['many words that begin a phrase', `- [x] ${'no no '.repeat(60)}`],
    [
      'deep lists',
      Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}- [x] Rate limiting`).join('\n'),
    ],
    ['deep headings', '# a\n## b\n### c\n'.repeat(10_000)],
    ['one long paragraph', 'Rate limiting is enabled. '.repeat(20_000)],
    ['open comments', '<!-- '.repeat(20_000)],
    ['open brackets', `- [x] ${'[('.repeat(2_000)}`],
    ['stars', `- [x] ${'*'.repeat(4_000)}`],
    ['broken letters', 'âœ'.repeat(100_000)],
    ['bars', '|'.repeat(4_000).concat('\n', '|-'.repeat(2_000))],
  ])('%s takes little time', (_, text) => {
    const started = performance.now();
    read(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
