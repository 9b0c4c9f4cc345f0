import type { Guide, GuideDetail, GuideTopic, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readMarkdown, type Heading } from '../../read/documents/markdown.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { parseShell } from '../../read/documents/shell.ts';
import { isPrompt } from '../../read/prompts.ts';
import { defineDocumentExtractor } from '../define.ts';

const TOPICS: Readonly<Record<GuideTopic, RegExp>> = {
  deployment:
    /\b(deploy(ment|ing|s)?|(run|running|start|starting|serve|serving)\b.* (in production|(in|on|with) (kubernetes|k8s|docker swarm|a server|heroku|aws|azure|gcp))|production (deployment|set-?up|server|guide)|going live|go-live|hosting|self[- ]host(ing|ed)?|release process)\b/i,
  operations:
    /\b(run ?books?|operations?( guide| manual)?|troubleshoot(ing)?|maintenance(?! mode)|on-?call guide|common (issues|problems|errors))\b/i,
  incidents: /\b(incidents?|escalation|outages?|post-?mortem|emergency)\b/i,
  security:
    /\b(security( policy)?|report(ing)? (a |security )?(vulnerabilit(y|ies)|issues?)|(vulnerability|responsible) disclosure)\b/i,
  architecture:
    /\b(architecture|system (design|overview)|components? (overview|diagram)|how it works|high[- ]level (design|overview))\b/i,
  rollback:
    /\b(roll(ing)?[- ]?backs?|revert(ing)? (a |the )?(release|deployment)|undo(ing)? a deployment)\b/i,
  keeping:
    /\b((data|log) retention|retention (polic(y|ies)|periods?|schedule)|data (protection|privacy)|privacy|gdpr|how long (we|data))\b/i,
  recovery: /\b(disaster|recover(y|ing)?|restore|restoring|business continuity|backups?( and restore)?)\b/i,
};

/** What says it of a whole document, and too little of a part of one. */
const WHOLE: Readonly<Partial<Record<GuideTopic, RegExp>>> = { deployment: /\binstall(ation|ing)?\b/i };

const DETAILS: readonly (readonly [GuideDetail, RegExp])[] = [
  [
    'contacts',
    /[\w.+-]+@[\w-]+\.\w{2,}|\+\d[\d ()-]{6,}|(^|\s)#[a-z][\w-]{2,}\b|pagerduty|opsgenie|slack\.com|on-?call (rota|schedule|phone)/im,
  ],
  [
    'severities',
    /\bSEV-?\s?\d|\bP[0-4]\b|\bseverity (levels?|\d)|\b(critical|high|major|minor)\b[^\n]{0,80}\b(minutes?|hours?|immediately)\b/i,
  ],
  [
    'rto',
    /\b(RTO|recovery time objective)\b[^\n]{0,60}?(\d+|\b(an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty-five|sixty)\s)\s*(-\s*\d+\s*)?(s|sec|m|min|h|hours?|minutes?|days?|d)\b/i,
  ],
  [
    'rpo',
    /\b(RPO|recovery point objective)\b[^\n]{0,60}?((\d+|\b(an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty-five|sixty)\s)\s*(-\s*\d+\s*)?(s|sec|m|min|h|hours?|minutes?|days?|d)\b|zero|none)/i,
  ],
  [
    'report',
    /[\w.+-]+@[\w-]+\.\w{2,}|security\/advisories|hackerone|bugcrowd|private(ly)?\b[^\n]{0,60}(report|disclos|email|contact)|\breport(ing)?\b[^\n]{0,80}(privately|advisor|\be-?mail\b)/i,
  ],
  ['period', /\b\d+\s*(days?|weeks?|months?|years?)\b/i],
  ['diagram', /!\[[^\]]*\]\([^)]*\)|```(mermaid|plantuml|dot)|\.(drawio|puml|svg)\b|[┌└├│─]{2}|\+--+\+/],
];

/** What stands for something that somebody still has to write. */
const PLACEHOLDER =
  /\[[^\]\n]*(contact|name|email|phone|tbd|todo|your|insert)[^\]\n]*\](?!\()|\b(TBD|TODO|FIXME)\b|<[^>\n]*(name|email|phone|contact)[^>\n]*>|\w+@example\.(com|org)/gi;

interface Section {
  readonly heading: Heading;
  readonly lines: readonly string[];
  readonly start: number;
}

/** Each heading with the text down to the next heading of its level or above. */
function sectionsOf(file: SourceFile, headings: readonly Heading[]): readonly Section[] {
  const lines = file.text.split('\n');
  return headings.map((heading, index) => {
    const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
    const start = heading.at.startLine;
    return { heading, start, lines: lines.slice(start, next ? next.at.startLine - 1 : lines.length) };
  });
}

const isOpenBox = (line: string): boolean => /^\s*(?:[-*+]|\d+[.)])\s+(\[ \]|☐)/.test(line);

/** Prose that says something: no headings, no fences, no boxes that nobody ticked. */
function proseOf(lines: readonly string[]): string {
  let fenced = false;
  return lines
    .filter(line => {
      if (/^\s*(```|~~~)/.test(line)) {
        fenced = !fenced;
        return false;
      }
      return !fenced && !/^#{1,6}\s/.test(line) && !isOpenBox(line);
    })
    .join('\n')
    .replace(PLACEHOLDER, '');
}

const PATH = /^(\.\/)?([\w.-]+\/)*[\w.-]+\.(sh|py|ya?ml|sql|env|toml|json|conf|cfg|ini)$|^\.\/[\w./-]+$/;

function commandsOf(file: SourceFile, section: Section, repository: Repository) {
  const missing: Guide['missing'][number][] = [];
  let commands = 0;
  let isElsewhere = false;
  const blocks = contentOf(readMarkdown(file))?.blocks ?? [];
  const end = section.start + section.lines.length;
  const own = blocks.filter(
    ({ line, language }) =>
      line > section.start && line <= end && /^(bash|sh|shell|zsh|console|)$/.test(language),
  );
  for (const block of own)
    for (const { words, at } of parseShell(block.text.replace(/^\s*\$ /gm, ''), file.path, block.line)
      .commands) {
      if (words.length === 0) continue;
      commands++;
      // From there on, paths are those of another folder or machine.
      isElsewhere ||= /^(cd|ssh|git|curl|wget)$/.test(words[0]?.text ?? '');
      // What a command makes, copies to or names by a variable need not be there.
      const makes =
        /^(cp|mv|touch|mkdir|curl|wget|echo|cat|tee|nano|vim?|export|git|cd|pg_dump|mysqldump|tar)$/.test(
          words[0]?.text ?? '',
        );
      for (const { text } of makes || isElsewhere ? [] : words)
        if (PATH.test(text) && !text.startsWith('.env') && !existsIn(repository, folderOf(file.path), text))
          missing.push({ text, at });
    }
  return { commands, missing };
}

const existsIn = (repository: Repository, folder: string, text: string): boolean =>
  repository.exists(joinPath('', text)) ||
  repository.exists(joinPath(folder, text)) ||
  repository.files.some(({ path }) => `/${path}`.endsWith(`/${joinPath('', text)}`));

function guideOf(file: SourceFile, section: Section, topic: GuideTopic, repository: Repository): Guide {
  const prose = proseOf(section.lines);
  const whole = section.lines.join('\n').replace(PLACEHOLDER, '');
  const { commands, missing } = commandsOf(file, section, repository);
  const numbered = section.lines.filter(line => /^\s*\d+[.)]\s+\S/.test(line) && !isOpenBox(line)).length;
  return {
    kind: 'guide',
    at: section.heading.at,
    path: file.path,
    topic,
    title: section.heading.text,
    length: prose.replace(/\s+/g, ' ').trim().length,
    steps: commands + numbered,
    missing,
    tells: DETAILS.filter(([, pattern]) => pattern.test(topic === 'architecture' ? whole : prose)).map(
      ([detail]) => detail,
    ),
  };
}

/** Notes of what is still to be done are no guides. */
const isToDo = ({ heading, lines }: Section): boolean =>
  /\b(to-?do|roadmap|checklist|changelog|recommendations?|missing|future|backlog)\b/i.test(heading.text) ||
  (lines.some(isOpenBox) &&
    lines.filter(isOpenBox).length * 2 > lines.filter(line => line.trim() !== '').length);

function* guidesIn(file: SourceFile, repository: Repository): Generator<Guide> {
  const headings = contentOf(readMarkdown(file))?.headings ?? [];
  const name = baseName(file.path)
    .replace(/\.\w+$/, '')
    .replace(/[_-]+/g, ' ');
  if (/\b(to-?do|roadmap|changelog|history|contributing|license)\b/i.test(name)) return;
  const sections = sectionsOf(file, headings);
  for (const topic of Object.keys(TOPICS) as GuideTopic[]) {
    const pattern = TOPICS[topic];
    const [first] = sections;
    const isAbout = (text: string): boolean => pattern.test(text) || (WHOLE[topic]?.test(text) ?? false);
    // A document that is about the topic counts as a whole.
    if (first && (isAbout(name) || (first.heading.level === 1 && isAbout(first.heading.text)))) {
      const whole = { ...first, lines: file.text.split('\n').slice(first.start) };
      yield guideOf(file, whole, topic, repository);
      continue;
    }
    for (const section of sections)
      if (pattern.test(section.heading.text) && !isToDo(section))
        yield guideOf(file, section, topic, repository);
  }
}

/** Guides for those who run the service, by topic. */
export default defineDocumentExtractor({
  id: 'documents/guides',
  produces: ['guide'],
  *extract(repository) {
    for (const file of repository.files)
      if (
        /\.(md|markdown|rst)$/i.test(file.path) &&
        !isPrompt(file.path) &&
        !/^(vendored|generated|test|example)$/.test(file.role)
      )
        yield* guidesIn(file, repository);
  },
});
