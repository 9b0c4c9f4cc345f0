import type { FactKind, FactKinds, Facts, Gap, Given, Repository, Service } from '../model/index.ts';
import type { CodeView } from './code/view.ts';
import type { PythonView } from './python/view.ts';

/** Reads what documents (images, compose files, manifests …) say, once for the whole repository. */
export interface DocumentExtractor<K extends FactKind = FactKind> {
  /** The path of its file below `facts/`. */
  readonly id: string;
  readonly produces: readonly K[];
  extract(repository: Repository): Iterable<FactKinds[K]>;
}

export const defineDocumentExtractor = <const K extends FactKind>(
  extractor: DocumentExtractor<K>,
): DocumentExtractor<K> => extractor;

/** One service with all that an extractor may look at. */
export interface ServiceView {
  readonly repository: Repository;
  readonly service: Service;
  readonly given: Given;
  /** The Python of the service; empty for a service without. */
  readonly python: PythonView;
  /** The JavaScript and TypeScript that the service runs on a server; empty for a service without. */
  readonly node: CodeView;
  /** What the documents of the repository say that concerns this service, and what earlier extractors found. */
  readonly facts: Facts;
}

/**
 * Reads one kind of thing out of one language, framework or library, for one service: or, with `reads`, joins
 * facts into new ones. Extractors run after those that produce what they read.
 */
export interface Extractor<K extends FactKind = FactKind> {
  /** The path of its file below `facts/`. */
  readonly id: string;
  /** Kinds of facts that it builds upon. */
  readonly reads: readonly FactKind[];
  readonly produces: readonly K[];
  /** Whether it can read this service at all. When none can, a kind counts as unread, not as absent. */
  readonly understands: (view: ServiceView) => boolean;
  extract(view: ServiceView): Iterable<FactKinds[K] | Unread<K>>;
}

/** An extractor says so when a part could not be read: `unread('route', path, 'adds routes in a loop')`. */
export interface Unread<K extends FactKind = FactKind> {
  readonly kind: 'unread';
  readonly of: K;
  readonly gap: Gap;
}

export const unread = <const K extends FactKind>(of: K, path: string, because: string): Unread<K> => ({
  kind: 'unread',
  of,
  gap: { path, because },
});

export const defineExtractor = <const K extends FactKind>(extractor: Extractor<K>): Extractor<K> => extractor;

/** Most extractors of a Python library: any service with Python in it can be read. */
export const hasPython = ({ python }: ServiceView): boolean => python.modules().length > 0;

/** The same for a library of JavaScript. */
export const hasNode = ({ node }: ServiceView): boolean => node.modules().length > 0;
