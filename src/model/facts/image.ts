import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import { ask, truth, type Truth, type Value } from '../value.ts';
import type { ComposeService } from './compose-service.ts';

/** What a Dockerfile builds: its final stage, or a stage that a compose file or script names as its target. */
export interface Image {
  readonly kind: 'image';
  /** The stage, from its FROM to its last instruction. */
  readonly at: Location;
  /** `deployment/Dockerfile`, or `deployment/Dockerfile#dev` for a stage that is not the final one. */
  readonly id: string;
  readonly path: string;
  /** Its name; empty for a stage without one. */
  readonly stage: string;
  readonly isFinal: boolean;
  /** All stages of the file, in order. */
  readonly stages: readonly ImageStage[];
  /** The image outside the file in which the chain of FROM lines ends. */
  readonly base: BaseImage;
  /** The folder of the repository that COPY sources are relative to; a default is concluded from the sources. */
  readonly context: Value<string>;
  /** The ignore file that counts for this build; empty when there is none. */
  readonly ignoreFile: string;
  /** What it holds in the end, also by way of the stages that it is made from. */
  readonly workdir: Stated<string>;
  /** By default the user of the base image: root, unless the base is known for another one. */
  readonly user: Stated<string>;
  readonly environment: Readonly<Record<string, Term>>;
  readonly args: readonly BuildArgument[];
  readonly ports: readonly ExposedPort[];
  /** COPY and ADD of this stage and those it is made from. */
  readonly copies: readonly ImageCopy[];
  /** Where files of the repository end up in the image, followed through earlier stages. */
  readonly contents: readonly ImageContent[];
  readonly programs: readonly ImageProgram[];
  /** Whether it is known which programs the base image has, so that one that is not listed is not there. */
  readonly programsKnown: boolean;
  readonly installs: readonly PackageInstall[];
  readonly runs: readonly ImageRun[];
  /** What runs in the other stages whose files it copies. */
  readonly builds: readonly ImageRun[];
  readonly entrypoint: ImageCommand | undefined;
  readonly command: ImageCommand | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly volumes: readonly Stated<string>[];
  readonly labels: Readonly<Record<string, Term>>;
  readonly stopSignal: Stated<string> | undefined;
}

/** A value and where it stands. `at` is the FROM line for what comes from the base image. */
export interface Stated<T> {
  readonly value: Value<T>;
  readonly at: Location;
}

export interface ImageStage {
  readonly index: number;
  readonly name: string;
  readonly at: Location;
  readonly base: BaseImage;
  /** The index of the earlier stage it begins from; `undefined` when its FROM names an image. */
  readonly from: number | undefined;
  /** COPY and ADD of this stage and those it begins from. */
  readonly copies: readonly ImageCopy[];
  /** Programs that its own commands run and that it does not have at that point. */
  readonly lacks: readonly LackingProgram[];
}

export interface LackingProgram {
  readonly at: Location;
  readonly program: string;
}

export interface BaseImage {
  readonly at: Location;
  /** As written, variables and all. */
  readonly text: string;
  /** With registry and namespace, without tag: `ghcr.io/astral-sh/uv`. */
  readonly name: Value<string>;
  /** A default is `latest`. */
  readonly tag: Value<string>;
  /** `sha256:…`; empty without one. */
  readonly digest: string;
}

export interface BuildArgument {
  readonly name: string;
  readonly default: Term | undefined;
  readonly at: Location;
  /** Before the first FROM. */
  readonly isGlobal: boolean;
}

export interface ExposedPort {
  readonly port: Value<number>;
  readonly at: Location;
}

export interface ImageCopy {
  readonly at: Location;
  readonly instruction: 'copy' | 'add';
  readonly from:
    | { readonly kind: 'context' }
    | { readonly kind: 'stage'; readonly index: number; readonly name: string }
    | { readonly kind: 'image'; readonly name: string }
    | { readonly kind: 'unknown-stage'; readonly name: string }
    | { readonly kind: 'text' };
  /** As written, with ARG and ENV put in. */
  readonly sources: readonly string[];
  /** Absolute; ends with `/` where Docker takes it for a folder. */
  readonly destination: string;
  /** `user:group` of `--chown`; empty without it. */
  readonly owner: string;
}

/** A file or folder of the repository and its place in the image. */
export interface ImageContent {
  readonly at: Location;
  /** Relative to the repository; `''` is the repository itself. May hold wildcards. */
  readonly source: string;
  /** The absolute place of that file, or of what the folder holds. */
  readonly destination: string;
  readonly owner: string;
}

export interface ImageProgram {
  readonly name: string;
  readonly from: 'base' | 'system-package' | 'python-package' | 'node-package' | 'copy';
  readonly at: Location;
}

export interface PackageInstall {
  readonly at: Location;
  readonly tool:
    'pip' | 'uv' | 'poetry' | 'pipenv' | 'pdm' | 'conda' | 'npm' | 'yarn' | 'pnpm' | 'bun' | 'system';
  readonly what: readonly InstalledThing[];
  readonly flags: readonly string[];
  /** Where the packages go in this image, as seen from it: `/root/.local`, `/opt/venv`; `''` is the usual place. */
  readonly into: string;
  /** Installed from a lock file, and only if that fits the manifest: `npm ci`, `uv sync --frozen`. */
  readonly locked: boolean;
  /** Whether the result is in this image: `no` for a stage whose files are not copied. */
  readonly present: Truth;
  /** The user that runs it: `root`, when nothing else is said. */
  readonly user: string;
  /** The index of its stage. */
  readonly stage: number;
}

export type InstalledThing =
  /** Relative to the repository where that can be told, else as written. */
  | { readonly kind: 'manifest'; readonly path: string }
  | { readonly kind: 'project'; readonly path: string; readonly extras: readonly string[] }
  | { readonly kind: 'package'; readonly name: string; readonly specifier: string };

export interface ImageRun {
  readonly at: Location;
  readonly text: string;
  readonly commands: readonly (readonly string[])[];
  readonly user: string;
  readonly workdir: string;
  readonly stage: number;
}

export interface ImageCommand {
  readonly at: Location;
  readonly text: string;
  readonly form: 'exec' | 'shell';
  /** The exec form's words; for the shell form `/bin/sh -c` and the text. */
  readonly words: readonly string[];
  /** The simple commands that it comes to, with `sh -c` opened. */
  readonly commands: readonly (readonly string[])[];
}

export interface Healthcheck {
  readonly at: Location;
  /** `HEALTHCHECK NONE` or `disable: true`. */
  readonly disabled: boolean;
  readonly form: 'exec' | 'shell';
  readonly text: string;
  readonly commands: readonly (readonly string[])[];
  /** Seconds; the defaults of Docker where nothing is said. */
  readonly interval: Value<number>;
  readonly timeout: Value<number>;
  readonly startPeriod: Value<number>;
  readonly retries: Value<number>;
}

/** Whether a program can be run in the image. */
export const hasProgram = (image: Image, name: string): Truth => {
  if (image.programs.some(program => program.name === name)) return 'yes';
  return image.programsKnown ? truth(false) : 'unclear';
};

/**
 * The paths of the repository that may stand at an absolute path of the image, the last COPY first. Nothing says
 * that they exist: a COPY of a folder holds what that folder holds.
 */
export function sourcesAt(image: Pick<Image, 'contents'>, path: string): readonly string[] {
  const wanted = path.replace(/\/+$/, '');
  return image.contents.toReversed().flatMap(({ source, destination }) => {
    const place = destination.replace(/\/+$/, '');
    if (wanted === place) return [source];
    if (!wanted.startsWith(`${place}/`)) return [];
    const rest = wanted.slice(place.length + 1);
    return [source === '' ? rest : `${source}/${rest}`];
  });
}

/** What the name of a Dockerfile or stage says when production does not run it. */
const DESK = /(^|[._-])(dev|devel|develop|development|local|debug|debugger)([._-]|$)/i;
const TESTS = /(^|[._-])(tests?|testing|ci|e2e|cypress|playwright|lint|docs)([._-]|$)/i;

const isCalled = (name: RegExp, { path, stage }: Image): boolean =>
  name.test(path.split('/').at(-1) ?? '') || name.test(stage);
const isForTests = (image: Image): boolean => isCalled(TESTS, image) || image.path.includes('.devcontainer/');

/**
 * The images that production runs: of each Dockerfile the stages that deployed compose services build, else its
 * final stage. Those for tests are left out, and those for development where there are others.
 */
export function shippedImages(
  images: readonly Image[],
  composed: readonly Pick<ComposeService, 'stage' | 'build'>[],
): readonly Image[] {
  const targets = new Set(
    composed.flatMap(({ stage, build }) => (stage !== 'development' && build?.image ? [build.image] : [])),
  );
  const built = images.filter(
    image =>
      targets.has(image.id) ||
      (image.isFinal && !images.some(({ id, path }) => path === image.path && targets.has(id))),
  );
  const candidates = built.filter(image => targets.has(image.id) || !isForTests(image));
  const shipped = candidates.filter(image => targets.has(image.id) || !isCalled(DESK, image));
  return shipped.length > 0 ? shipped : candidates;
}

/** Programs by which an entry point that root starts hands over to an ordinary user. */
const STEP_DOWN = /^(gosu|su-exec)$/;

/** Whether the process of an image is root's. */
export function runsAsRoot({ user, programs }: Image): Truth {
  const isRoot = ask(user.value, name => /^(root|0)(:|$)/.test(name));
  return isRoot === 'yes' && programs.some(({ name }) => STEP_DOWN.test(name)) ? 'unclear' : isRoot;
}

/** Systems of which the release is the whole version: what changes inside are corrections. */
const RELEASES = /(^|\/)(debian|ubuntu|fedora|centos|rockylinux|almalinux|oraclelinux|amazonlinux)$/;

/** Whether a tag stays on one minor version, release, day or build. */
export function isFineTag(name: string, tag: string): boolean {
  const [first = ''] = tag.split('-');
  if (RELEASES.test(name) && /^\d+$|^(buster|bullseye|bookworm|trixie|jammy|noble|focal)$/.test(first))
    return true;
  return (
    /^[a-z_.]*\d+\.\d+/i.test(first) ||
    /^(\d{6,}|[0-9a-f]{7,40})$/.test(first) ||
    /\d{4}-\d{2}-\d{2}|-CU\d+|^[a-z]+-[0-9a-f]{7,40}(-|$)/.test(tag)
  );
}
