import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { RenderedChart, RenderedDocument, SourceFile } from '../model/index.ts';
import type { Bounds } from './bounds.ts';
import { contentOf } from './documents/document.ts';
import { baseName, folderOf, isBelow, joinPath } from './documents/path.ts';
import { below, textOf } from './documents/tree.ts';
import { readYaml } from './documents/yaml.ts';
import { maskSecrets } from './mask.ts';
import type { SkippedLog } from './skipped.ts';

interface Tree {
  /** The folder of the whole checkout, of which the files may be a part. */
  readonly checkout: string;
  readonly files: readonly SourceFile[];
  /** Files and folders that are part of the repository. */
  readonly known: ReadonlySet<string>;
  readonly skipped: SkippedLog;
  readonly bounds: Bounds;
  /** What a file holds, at most so many bytes of it. */
  readonly bytes: (path: string, most: number) => Buffer | undefined;
}

/**
 * The charts of a repository with their default values, rendered by the `helm` of the machine where it has one.
 * Without it there is nothing to say: templates are read then. A chart that cannot be rendered is said.
 */
export async function renderCharts(tree: Tree): Promise<readonly RenderedChart[]> {
  const charts = chartsIn(tree.files);
  const program = charts.length > 0 ? helmFor(tree.checkout) : undefined;
  if (!program) return [];
  const { bounds, skipped } = tree;
  const rendered: RenderedChart[] = [];
  const end = performance.now() + bounds.renderMs;
  for (const [index, { path }] of charts.entries()) {
    const left = Math.floor(end - performance.now());
    const result =
      index >= bounds.charts
        ? `more than ${bounds.charts} charts`
        : left <= 0
          ? tooLong(bounds)
          : await renderOne(tree, folderOf(path), program, left);
    if (typeof result === 'string') skipped.add(path, `its templates are read, not rendered: ${result}`);
    else rendered.push(result);
  }
  return rendered;
}

/** Charts that can be installed, without those that are part of another. */
function chartsIn(files: readonly SourceFile[]): readonly SourceFile[] {
  const all = files.filter(({ path }) => baseName(path) === 'Chart.yaml');
  const inside = all.map(({ path }) => joinPath(folderOf(path), 'charts'));
  return all.filter(
    file =>
      (file.role === 'production' || file.role === 'script') &&
      !inside.some(folder => isBelow(file.path, folder)) &&
      textOf(below(contentOf(readYaml(file))?.documents[0], 'type')) !== 'library',
  );
}

interface Program {
  readonly path: string;
  /** The folders of `PATH` in which it may look for others. */
  readonly folders: readonly string[];
}

/** The `helm` of the machine. `npx` puts folders of the repository on `PATH`: what lies there is not ours to run. */
function helmFor(root: string): Program | undefined {
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => isAbsolute(folder) && realOf(folder, root) !== undefined);
  const name = process.platform === 'win32' ? 'helm.exe' : 'helm';
  for (const folder of folders) {
    const path = realOf(join(folder, name), root);
    if (path !== undefined && isProgram(path)) return { path, folders };
  }
  return undefined;
}

/** The path with links followed; `undefined` where nothing is, or what belongs to the repository or a package. */
function realOf(path: string, root: string): string | undefined {
  try {
    const real = realpathSync(path);
    const way = relative(root, real);
    const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    return isInside || [...path.split(sep), ...real.split(sep)].includes('node_modules') ? undefined : real;
  } catch {
    return undefined;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function renderOne(
  tree: Tree,
  folder: string,
  program: Program,
  left: number,
): Promise<RenderedChart | string> {
  let own: string | undefined;
  try {
    own = realpathSync(mkdtempSync(join(tmpdir(), 'seaworthy-chart-')));
    const because = copyChart(tree, folder, join(own, 'chart'));
    if (because !== undefined) return because;
    const output = await outputOf(program, own, left, tree.bounds);
    return 'because' in output ? output.because : chartOf(folder, output.text, tree.files);
  } catch (error) {
    return `its copy could not be made (${error instanceof Error && 'code' in error ? String(error.code) : 'error'})`;
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Schemas may name addresses that Helm would fetch, and packed charts hold schemas. */
const NOT_HANDED_OVER = /(^|\/)values\.schema\.json$|\.tgz$/;

/** A copy without links and without what git ignores: Helm would follow the one and take in the other. */
function copyChart({ bytes: bytesOf, known, bounds }: Tree, folder: string, to: string): string | undefined {
  let count = 0;
  let total = 0;
  for (const path of known) {
    if (!isBelow(path, folder) || NOT_HANDED_OVER.test(path)) continue;
    const bytes = bytesOf(path, bounds.fileBytes);
    if (!bytes) continue;
    count += 1;
    total += bytes.length;
    if (count > bounds.chartFiles) return `more than ${bounds.chartFiles} files`;
    if (total > bounds.chartBytes) return `more than ${bounds.chartBytes} bytes`;
    const target = join(to, ...path.slice(folder === '' ? 0 : folder.length + 1).split('/'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return undefined;
}

/** Nothing listens there: a request that Helm was made to send goes nowhere. */
const NO_NETWORK = 'http://127.0.0.1:9';

function outputOf(
  { path, folders }: Program,
  own: string,
  left: number,
  bounds: Bounds,
): Promise<{ readonly text: string } | { readonly because: string }> {
  const home = join(own, 'home');
  mkdirSync(home);
  const env = {
    PATH: folders.join(delimiter),
    HOME: home,
    TMPDIR: home,
    KUBECONFIG: join(home, 'none'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    HTTP_PROXY: NO_NETWORK,
    HTTPS_PROXY: NO_NETWORK,
  };
  const limits = { timeout: left, killSignal: 'SIGKILL', maxBuffer: bounds.renderBytes } as const;
  return new Promise(resolve => {
    let isLarge = false;
    const child = execFile(
      path,
      ['template', 'release', join(own, 'chart'), '--skip-tests'],
      { cwd: home, env, shell: false, windowsHide: true, ...limits },
      (error, stdout, stderr) => {
        clearInterval(watch);
        if (!error) resolve({ text: stdout });
        else if (isLarge) resolve({ because: `helm took more than ${bounds.renderMemory} bytes of memory` });
        else if (error.code === ('ERR_CHILD_PROCESS_STDIO_MAXBUFFER' as unknown))
          resolve({ because: `more than ${bounds.renderBytes} bytes came out` });
        else if (error.killed) resolve({ because: tooLong(bounds) });
        else resolve({ because: `helm says ${complaintOf(stderr, own)}` });
      },
    );
    const watch = setInterval(() => {
      if (memoryOf(child.pid) <= bounds.renderMemory) return;
      isLarge = true;
      child.kill('SIGKILL');
    }, 50);
    child.stdin?.end();
  });
}

/** Bytes that a process holds; 0 where the machine does not say. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, size = '0'] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
    return Number(size) * 1024;
  } catch {
    return 0;
  }
}

const tooLong = ({ renderMs }: Bounds): string => `helm took longer than ${renderMs / 1000} s`;

/** The first line of what went wrong, without the folders of this run and what might be a secret. */
function complaintOf(stderr: string, own: string): string {
  const lines = stderr
    .slice(0, 100_000)
    .split(/\r?\n/)
    .map(line => line.trim());
  const line = lines.find(each => each.startsWith('Error:')) ?? lines.find(each => each !== '');
  const said = (line ?? '')
    .replace(/^Error:\s*/, '')
    .replaceAll(`${own}${sep}`, '')
    .slice(0, 200);
  return maskSecrets(said.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')).trim() || 'nothing of why it failed';
}

const SOURCE = /^---\r?\n# Source: [^/\n]+\/([^\n]*?)\r?\n/m;

/** What came out, by template. A template that is not in the tree makes all of it doubtful. */
function chartOf(folder: string, text: string, files: readonly SourceFile[]): RenderedChart | string {
  const [, ...parts] = `---\n${text.replace(/^---\r?\n/, '')}`.split(SOURCE);
  const paths = new Set(files.map(({ path }) => path));
  const documents: RenderedDocument[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const path = joinPath(folder, parts[index] ?? '');
    if (!paths.has(path)) return 'what it gives cannot be traced to templates of the tree';
    documents.push({ path, text: parts[index + 1] ?? '' });
  }
  if (documents.length === 0 && /\S/.test(text)) return 'what it gives names no templates';
  return { folder, documents };
}
