import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A query for several stored rows that a route answers with. */
export interface RowList {
  readonly kind: 'rowList';
  /** Where the query stands. */
  readonly at: Location;
  /** `GET /artists` */
  readonly route: string;
  readonly routeAt: Location;
  /**
   * `all`: every row there is. `page`: a bounded number. `open-page`: as many as the caller asks for.
   * `some`: those that meet a condition, however many.
   */
  readonly rows: 'all' | 'page' | 'open-page' | 'some' | 'unclear';
  /** What is asked for, as far as it can be told: a table or model. */
  readonly of: string;
  readonly reached: Truth;
  readonly way: readonly Place[];
}

/** A stored record in the answer of a route. */
export interface AnsweredRecord {
  readonly kind: 'answeredRecord';
  /** The field, model, method or statement that hands it out. */
  readonly at: Location;
  /** `User`, `users`, `user.password_hash`. */
  readonly record: string;
  /** Names of passwords and secrets among what goes out; empty when none is. */
  readonly secrets: readonly string[];
  readonly route: string;
  readonly reached: Truth;
  readonly way: readonly Place[];
}

const SECRET_COLUMN =
  /^(user_?)?(passw(or)?d|pwd|pass_?hash|passw(or)?d_?(hash|digest|salt)|hashed_?passw(or)?d|pw_?hash|encrypted_?passw(or)?d|salt|(otp|totp|mfa|2fa|two_factor)_?secret|(password_?)?reset_?token|api_?secret|client_?secret|private_?key|secret_?key)$/i;

/** Whether a stored field of this name is a password, what is made of one, or another secret of a person. */
export const isSecretColumn = (name: string): boolean => SECRET_COLUMN.test(name);

/** A route that answers with JSON. */
export interface JsonAnswer {
  readonly kind: 'jsonAnswer';
  readonly at: Location;
  readonly route: string;
  /** What it answers to `GET`: whatever may be kept by those who ask. */
  readonly isRead: Truth;
  readonly reached: Truth;
}

/** An answer that says that something went wrong. */
export interface ErrorAnswer {
  readonly kind: 'errorAnswer';
  readonly at: Location;
  readonly route: string;
  /** The members under which the caller finds what went wrong: `error`, `detail`; `text` and `page` stand alone. */
  readonly members: readonly string[];
  readonly reached: Truth;
}

/** A `PUT` that makes what is missing, under the number that the caller chose. */
export interface Upsert {
  readonly kind: 'upsert';
  readonly at: Location;
  readonly route: string;
  /** The model that it makes. */
  readonly of: string;
  /** Whether a description of the route says so. */
  readonly isDocumented: Truth;
  readonly reached: Truth;
  readonly way: readonly Place[];
}

/** A description of the interface by machine: OpenAPI or Swagger. */
export interface ApiDescription {
  readonly kind: 'apiDescription';
  readonly at: Location;
  /** `generated`: made from the code that runs. `kept`: a file. `off`: it could be made and was switched off. */
  readonly how: 'generated' | 'kept' | 'off';
  readonly says: string;
  readonly reached: Truth;
}

/** Something that makes answers smaller before they go out. */
export interface Compression {
  readonly kind: 'compression';
  readonly at: Location;
  readonly name: string;
  readonly reached: Truth;
}
