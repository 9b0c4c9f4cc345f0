import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** Configuration that is selected by the name of an environment. */
export interface EnvironmentSwitch {
  readonly kind: 'environmentSwitch';
  /** Where the name is read. */
  readonly at: Location;
  readonly variable: string;
  /** The name that counts when none is set; empty when the start stops. */
  readonly fallback: string;
  /** What a missing name comes to: `DevelopmentConfig`; empty when that cannot be told. */
  readonly selects: string;
  /** What an unknown name comes to; empty when it stops the start. */
  readonly otherwise: string;
  readonly reached: Truth;
}

/** A variable that a deploy file or template sets. */
export interface SetVariable {
  readonly kind: 'setVariable';
  readonly at: Location;
  readonly name: string;
  readonly in: 'compose' | 'manifest' | 'image' | 'env-file' | 'template' | 'platform';
  /** Whether code that production reaches, a script or the framework reads it. */
  readonly read: Truth;
  /** Who reads it although production does not come by. */
  readonly deadReaders: readonly Place[];
}

/** A variable that one source provides and another one hides. */
export interface ShadowedVariable {
  readonly kind: 'shadowedVariable';
  readonly at: Location;
  readonly name: string;
  readonly says: string;
  readonly way: readonly Place[];
}

/** A setting that the code needs, as one deploy description delivers it or not. */
export interface SettingDelivery {
  readonly kind: 'settingDelivery';
  readonly at: Location;
  readonly name: string;
  readonly description: string;
  readonly delivered: Truth;
  readonly needed: 'to start' | 'to be safe';
  readonly readAt: Location;
}

/** A schema or query in the dialect of one engine. */
export interface SchemaDialect {
  readonly kind: 'schemaDialect';
  readonly at: Location;
  readonly path: string;
  readonly dialect: string;
  /** What shows it: `AUTO_INCREMENT`. */
  readonly sign: string;
}

/** An engine whose driver reached code uses. */
export interface DatabaseDriver {
  readonly kind: 'databaseDriver';
  readonly at: Location;
  readonly engine: string;
  readonly name: string;
  readonly reached: Truth;
}

/** An import on a production path that cannot work. */
export interface BrokenImport {
  readonly kind: 'brokenImport';
  readonly at: Location;
  readonly says: string;
  readonly way: readonly Place[];
}

/** A program that a start command names and that the image does not have. */
export interface MissingProgram {
  readonly kind: 'missingProgram';
  readonly at: Location;
  readonly program: string;
  readonly says: string;
  readonly way: readonly Place[];
}
