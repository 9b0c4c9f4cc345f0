import { both, type Upload } from '../../model/index.ts';
import {
  defineControl,
  failOr,
  lowered,
  onProductionPath,
  openBecause,
  passEvery,
  place,
} from '../define.ts';

const WORDS = {
  name: 'its name is used as the caller gave it',
  type: 'its type is held against no list',
  content: 'its content is never looked at',
} as const;

const missingIn = ({ checks, kept }: Upload): readonly (keyof typeof WORDS)[] => {
  // What is read and not kept needs no name and no ending, when a decoder reads it.
  if (kept === 'no' && checks.content.done === 'yes') return [];
  return (['name', 'type', 'content'] as const).filter(each => checks[each].done === 'no');
};

export default defineControl({
  id: 'web/upload-type',
  title: 'Uploads are kept under clean names, and only of known types',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks, for each upload that is kept, whether its name is cleaned, its type held against a list, and its content looked at.',
  why: 'A page or program with an innocent ending is served to other users, or run by what works on it later.',
  remedy:
    'Make the name yourself, allow a list of types, and let a library look at the first bytes of the content.',
  sources: ['CATALOG web/upload-type', 'OWASP ASVS 5.0 V5.2', 'CWE-434'],
  fix: 'auto',
  drill: 'disguised-upload',
  needs: ['upload'],

  applies: ({ facts }) => onProductionPath(facts.all('upload')).length > 0 || 'it accepts no uploads',

  judge: ({ facts }) => {
    const uploads = onProductionPath(facts.all('upload'));
    const findings = uploads.flatMap(upload => {
      const missing = missingIn(upload);
      if (missing.length === 0) return [];
      const finding = place(
        upload.at,
        `${upload.handler} takes a file, and ${missing.map(each => WORDS[each]).join(', ')}`,
      );
      return [
        missing.length < 3
          ? lowered(
              finding,
              `the rest is checked: ${(['name', 'type', 'content'] as const).filter(each => !missing.includes(each)).join(', ')}`,
            )
          : finding,
      ];
    });
    return failOr(
      findings,
      openBecause(uploads, ({ checks }) => both(checks.name.done, checks.type.done, checks.content.done)) ??
        passEvery(
          uploads.map(({ at, handler, checks }) =>
            place(checks.content.at ?? at, `${handler} looks at what it takes`),
          ),
        ),
    );
  },
});
