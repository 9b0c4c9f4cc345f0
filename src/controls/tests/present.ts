import { both, truth, type TestFile, type Truth } from '../../model/index.ts';
import { absence, defineControl, fail, openBecause, pass, place } from '../define.ts';

const count = (number: number, of: string): string => `${number} ${of}${number === 1 ? '' : 's'}`;

const counts = ({ asserting, collected, concerns }: TestFile): Truth =>
  both(truth(asserting > 0), collected, concerns);

/** Why a file with tests is none that protects the service. */
function wrongWith({ tests, asserting, collected, because }: TestFile): string {
  if (asserting === 0) return `${count(tests, 'test')}, and none asserts anything`;
  return collected === 'no'
    ? `${count(asserting, 'test')}, and no runner comes by: ${because}`
    : `${count(asserting, 'test')} of something else: the file imports nothing of the service`;
}

export default defineControl({
  id: 'tests/present',
  title: 'Automated tests say whether the service works',
  severity: 'critical',
  stage: 'stable',
  asks: 'Looks for tests that a runner collects, that import the service or call it, and that assert something. Names alone count for nothing.',
  why: 'Without tests each change is a guess, and the first to run the code is a customer.',
  remedy:
    'Write tests of the routes that matter most with the test client of the framework, and assert on answers.',
  sources: ['CATALOG tests/present', 'DORA: test automation'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['testFile'],

  applies: () => true,

  judge: ({ facts }) => {
    const files = facts.all('testFile');
    const good = files.filter(file => counts(file) === 'yes');
    if (good.length > 0)
      return pass(good.map(file => place(file.at, `${count(file.asserting, 'test')} with assertions`)));
    const open = openBecause(files, counts);
    if (open) return open;
    return files.length > 0
      ? fail(files.map(file => place(file.at, wrongWith(file))))
      : fail([absence('automated test', ['tests', 'test_*.py', '*_test.py'])]);
  },
});
