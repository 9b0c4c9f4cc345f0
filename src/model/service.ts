/** One deployable thing in the repository. Every fact and every verdict belongs to exactly one. */
export interface Service {
  /** Unique in the repository, stable between runs: `api`, `web`, or the repository's name. */
  readonly id: string;
  /** Folder, relative to the repository; `''` is the whole repository. */
  readonly root: string;
  readonly language: 'python' | 'javascript' | 'unclear';
  /** As its makers write it: `Flask`, `FastAPI`. For people, never for controls. */
  readonly framework: string;
}
