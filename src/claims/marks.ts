/** What a picture or a word says about the thing beside it. */
export type Mark = 'yes' | 'no' | 'open' | 'half' | 'none';

const PICTURES: readonly (readonly [Mark, RegExp])[] = [
  ['yes', /[✅☑✔✓]/u],
  ['no', /[❌✗✘⛔🚫]/u],
  ['open', /[⬜☐🔲]/u],
  ['half', /⚠|🚧|🔄|⏳|🟠/u],
];

/** In a column or behind `Status:` colours say it too; elsewhere they say how urgent something is. */
const COLOURS: readonly (readonly [Mark, RegExp])[] = [
  ['yes', /🟢/u],
  ['no', /🔴/u],
  ['half', /🟡/u],
];

const ANY_PICTURE = /[✅☑✔✓❌✗✘⛔🚫⬜☐🔲⚠🚧🔄⏳🟠🟢🔴🟡]\uFE0F?/gu;

/** `— DONE`, `(FIXED)`, `INSTALLED`: at the end, in capitals. */
const LAST_WORD =
  /(?:[—–-]|\()\s*(DONE|FIXED|IMPLEMENTED|INSTALLED|COMPLETED?|RESOLVED|ACTIVE|ENABLED)\s*\)?\s*$/;

/** `(already implemented ✅)`, `✅ (implemented in routes.py)`: what is written to be done was done. */
const REMARK =
  /\(\s*(?:(?:already|now|currently|fully)\s+)?(?:implemented|configured|done|in place|enabled|active|completed?)(?:\s+in\s+[^()]{1,60})?\s*[✅☑✔✓]?\uFE0F?\s*\)/iu;

/** `✅ (partially implemented)`, `(partially implemented ✅)` */
const IN_PART = /\(\s*(?:partial(?:ly)?|partly|in part)\b[^()]*\)\s*[✅☑✔✓]?\uFE0F?\s*$/iu;

function pictureIn(text: string, pictures: typeof PICTURES): Mark {
  const found = pictures.flatMap(([mark, pattern]) => {
    const index = text.search(pattern);
    return index === -1 ? [] : [{ mark, index }];
  });
  if (found.length === 0) return 'none';
  // `❌ → ✅` tells what it was and what it is.
  const [first, ...others] = found.sort((a, b) => a.index - b.index);
  const last = others.at(-1);
  if (!first || !last) return first?.mark ?? 'none';
  return /→|->|=>/.test(text.slice(first.index, last.index)) ? last.mark : 'half';
}

/** The mark of an item, sentence or heading: a picture at its begin or end, or a last word in capitals. */
export function markOf(text: string): Mark {
  const plain = text.replace(/[*_`]/g, '').trim();
  const begin = plain.slice(0, 24);
  const isBegun = /^(?:\d+[.)]?\s*)?(?:\p{Extended_Pictographic}|✓)/u.test(begin);
  const end = plain.slice(-24);
  const isEnded = /(?:\p{Extended_Pictographic}|✓)\uFE0F?[\s).]*$/u.test(end);
  const remarked = /(?:\p{Extended_Pictographic}|✓)\uFE0F?\s*\([^()]{1,60}\)[\s.]*$/u.exec(plain)?.[0] ?? '';
  const beginMark = isBegun ? pictureIn(begin, PICTURES) : 'none';
  const endMark = isEnded || remarked !== '' ? pictureIn(isEnded ? end : remarked, PICTURES) : 'none';
  if (IN_PART.test(plain) && (beginMark === 'yes' || endMark === 'yes')) return 'half';
  if (beginMark !== 'none' && endMark !== 'none' && beginMark !== endMark) return 'half';
  if (beginMark !== 'none') return beginMark;
  if (endMark !== 'none') return endMark;
  return LAST_WORD.test(plain) ? 'yes' : 'none';
}

/** It is a word that says that it is done: then an instruction before it was followed. */
export const isWordedDone = (text: string): boolean => {
  const plain = text.replace(/[*_`]/g, '').trim();
  return LAST_WORD.test(plain) || REMARK.test(plain);
};

export const withoutPictures = (text: string): string =>
  text.replace(REMARK, ' ').replace(ANY_PICTURE, ' ').replace(LAST_WORD, '').replace(/\s+/g, ' ').trim();

/** Whole cells and values of `Status:` in words; several languages, as people write them. */
const VALUES: readonly (readonly [Mark, RegExp])[] = [
  [
    'half',
    /\b(partly|partial(ly)?|in progress|wip|almost|mostly|basic|minimal|limited|incomplete|needs? (work|improvement|hardening)|insufficient|todo|tbd|n\/?a|optional|development only|using defaults?)\b|частично|部分/i,
  ],
  [
    'no',
    /^(no|none|missing|absent|not\b.*|never|zero\b.*|❌.*|нет|не\b.*|未.*|无|ไม่.*|아니오|미.*)$|\b(not (yet )?(implemented|configured|done|available|enabled|set up|started)|missing|unacceptable|insecure|hardcoded)\b/i,
  ],
  ['open', /^(open|pending|planned|upcoming|future|later|next|backlog)$/i],
  [
    'yes',
    /^(yes|y|x|done|active|enabled|implemented|completed?|ready|ok|okay|passe?d?|passing|available|configured|in place|installed|working|works|supported|live|present|resolved|fixed|verified|good|мы|да|есть|готово?|มี|แล้ว|已.*|完成|예|완료)\b[\s!.]*(\([^)]*\))?$/i,
  ],
];

/** What a cell or value says: pictures first, then words. */
export function valueMark(text: string): Mark {
  const picture = pictureIn(text, PICTURES);
  const colour = picture === 'none' ? pictureIn(text, COLOURS) : picture;
  const words = text.replace(ANY_PICTURE, ' ').replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim();
  const [word = 'none'] = VALUES.find(([, pattern]) => pattern.test(words)) ?? [];
  if (colour === 'none') return word;
  return word === 'none' || word === colour ? colour : 'half';
}
