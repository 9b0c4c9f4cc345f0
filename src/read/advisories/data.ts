import type {
  AdvisorySource,
  KnownVulnerability,
  LookUp,
  PackageVersion,
  Undecided,
  UnreadData,
} from '../../model/index.ts';
import { DATA_BOUNDS, dataFiles, reasonOf, type DataBounds, type DataFile } from './files.ts';
import { matchesOf } from './match.ts';
import { byKey, ecosystemOf, keyOf, type Packages } from './names.ts';
import { osvOutline, osvRecord, type OsvOutline } from './record.ts';
import { withoutTwins } from './twins.ts';

/**
 * Looks packages up in files of OSV: a folder of JSON files and zips, or one zip as osv.dev offers them for each
 * registry. Only what concerns the packages is kept.
 */
export const osvData = (path: string, bounds: DataBounds = DATA_BOUNDS): AdvisorySource => ({
  name: `OSV data in ${path}`,
  lookUp: packages => lookUpIn(dataFiles(path, bounds), path, packages),
});

/** Looks packages up among texts that are at hand, by their names. */
export const osvTexts = (name: string, texts: Readonly<Record<string, string>>): AdvisorySource => ({
  name,
  lookUp: packages =>
    lookUpIn(
      Object.entries(texts).map(([where, text]) => ({ where, text })),
      name,
      packages,
    ),
});

interface Tally {
  readonly packages: Packages;
  readonly found: KnownVulnerability[];
  readonly undecided: Undecided[];
  readonly unread: UnreadData[];
  readonly ecosystems: Set<PackageVersion['ecosystem']>;
  newest: string;
  advisories: number;
}

async function lookUpIn(
  files: AsyncIterable<DataFile> | Iterable<DataFile>,
  path: string,
  packages: readonly PackageVersion[],
): Promise<LookUp> {
  const tally: Tally = {
    packages: byKey(packages),
    found: [],
    undecided: [],
    unread: [],
    ecosystems: new Set(),
    newest: '',
    advisories: 0,
  };
  try {
    for await (const file of files)
      if ('text' in file) addText(file.text, file.where, tally);
      else tally.unread.push(file);
  } catch (error) {
    return { state: 'failed', because: `${path} cannot be read (${reasonOf(error)})` };
  }
  const { found, undecided, unread, ecosystems, newest, advisories } = tally;
  if (advisories === 0)
    return { state: 'failed', because: `${path} holds no advisories in the format of OSV` };
  return {
    state: 'answered',
    found: withoutTwins(found),
    date: /^\d{4}-\d\d-\d\d/.exec(newest)?.[0] ?? '',
    without: [...new Set(packages.map(({ ecosystem }) => ecosystem))].filter(each => !ecosystems.has(each)),
    undecided,
    unread,
  };
}

function addText(text: string, where: string, tally: Tally): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    tally.unread.push({ where, because: 'it is no JSON' });
    return;
  }
  for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value])
    addValue(each, where, tally);
}

function addValue(value: unknown, where: string, tally: Tally): void {
  const outline = osvOutline(value);
  if (outline === 'other') return; // other JSON may lie beside the advisories
  if (outline === 'broken') {
    tally.unread.push({ where, because: 'it is no advisory in the format of OSV' });
    return;
  }
  tally.advisories += 1;
  if (outline.modified > tally.newest) tally.newest = outline.modified;
  if (!addEcosystems(outline, tally)) return;
  const record = osvRecord(value);
  if (!record) {
    tally.unread.push({ where, because: `what it says of versions in ${outline.id} cannot be read` });
    return;
  }
  const { found, undecided } = matchesOf(record, tally.packages);
  tally.found.push(...found);
  tally.undecided.push(...undecided);
}

/** Whether it speaks of a package that is asked for. */
function addEcosystems({ affected }: OsvOutline, { packages, ecosystems }: Tally): boolean {
  let isWanted = false;
  for (const { package: about } of affected) {
    const ecosystem = ecosystemOf(about?.ecosystem ?? '');
    if (!ecosystem) continue;
    ecosystems.add(ecosystem);
    isWanted ||= packages.has(keyOf(ecosystem, about?.name ?? ''));
  }
  return isWanted;
}
