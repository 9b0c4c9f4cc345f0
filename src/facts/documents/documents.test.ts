import { expect, test } from 'vitest';
import { repositoryOf } from '../../read/memory.ts';
import envFiles from './env-files.ts';
import makefile from './makefile.ts';
import markdown from './markdown.ts';
import scripts from './scripts.ts';

test('env files: by name or because compose loads them; templates, stages, ignore rules', () => {
  const facts = [
    ...envFiles.extract(
      repositoryOf({
        '.env': 'SECRET_KEY=x\n',
        '.env.example': 'SECRET_KEY=\n# SENTRY_DSN=\n',
        '.env.production': 'A=1\n',
        'config/settings.list': 'B=1\n',
        'env.py': 'A = 1\n',
        'compose.yml': 'services:\n  web:\n    image: shop\n    env_file: config/settings.list\n',
        '.gitignore': '.env\n',
      }),
    ),
  ];
  expect(facts.map(({ path, isTemplate, stage, ignored }) => [path, isTemplate, stage, ignored])).toEqual([
    ['.env', false, 'unclear', true],
    ['.env.example', true, 'unclear', false],
    ['.env.production', false, 'production', false],
    ['config/settings.list', false, 'unclear', false],
  ]);
  expect(facts[1]).toMatchObject({ entries: [{ name: 'SECRET_KEY' }], commented: [{ name: 'SENTRY_DSN' }] });
});

test('scripts: commands, conditions, assignments, and whether they run their arguments', () => {
  const [script] = scripts.extract(
    repositoryOf({
      'bin/start':
        '#!/bin/sh\nset -e\nexport PORT=${PORT:-8000} A=b\nif [ "$MIGRATE" ]; then\n  flask db upgrade\nfi\nexec "$@"\n',
    }),
  );
  expect(script).toMatchObject({ stopsOnError: true, runsArguments: true, complete: true });
  expect(script?.assignments).toMatchObject([
    { name: 'PORT', value: { kind: 'env', fallback: { value: '8000' } } },
    { name: 'A' },
  ]);
  expect(script?.commands.filter(({ conditional }) => !conditional).map(({ words }) => words[0])).toEqual([
    'set',
    'export',
    'exec',
  ]);
  expect(script?.commands.find(({ words }) => words[0] === 'flask')?.at.startLine).toBe(5);
});

test('a Makefile: targets are scripts, and `run` starts something', () => {
  const facts = [
    ...makefile.extract(
      repositoryOf({
        Makefile:
          'PORT ?= 8000\n.PHONY: run\n\ntest: ## tests\n\tpytest\n\nrun: build\n\t@echo "starting"\n\tgunicorn -b :$(PORT) \\\n\t  shop:app\n\nA := 1\n',
      }),
    ),
  ];
  expect(facts.map(fact => [fact.kind, fact.name, fact.at.startLine])).toEqual([
    ['script', 'test', 4],
    ['script', 'run', 7],
    ['startCommand', 'run', 9],
  ]);
  expect(facts[2]).toMatchObject({
    source: 'makefile',
    commands: [
      ['echo', 'starting'],
      ['gunicorn', '-b', ':8000', 'shop:app'],
    ],
  });
});

const README = `# Shop
## Getting started
Set \`SECRET_KEY\` in \`.env\`, see [the guide](docs/guide.md#top) and \`config/app.yaml\`.
\`\`\`bash
$ pip install -r requirements.txt
Collecting flask
$ export DATABASE_URL=postgres://localhost/shop
$ flask run --port 8000
\`\`\`
## Production
\`\`\`
gunicorn shop:app
Listening at: http://127.0.0.1:8000
\`\`\`
- [x] Rate limiting
`;

test('Markdown: commands without their output, files, variables, boxes', () => {
  const [document, ...starts] = markdown.extract(repositoryOf({ 'README.md': README }));
  if (document?.kind !== 'document') throw new Error('there is no document');
  expect(document.commands.map(({ text, at }) => `${at.startLine} ${text}`)).toEqual([
    '5 pip install -r requirements.txt',
    '7 export DATABASE_URL=postgres://localhost/shop',
    '8 flask run --port 8000',
    '12 gunicorn shop:app',
  ]);
  expect(document.files.map(({ text }) => text)).toEqual(['config/app.yaml', 'docs/guide.md']);
  expect(document.variables.map(({ text }) => text)).toEqual(['SECRET_KEY']);
  expect(document.boxes).toMatchObject([{ checked: true, text: 'Rate limiting' }]);
  expect(starts).toMatchObject([
    { source: 'documents', stage: 'unclear', commands: [['flask', 'run', '--port', '8000']] },
    { source: 'documents', stage: 'production', commands: [['gunicorn', 'shop:app']] },
  ]);
});
