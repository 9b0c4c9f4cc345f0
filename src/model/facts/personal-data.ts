import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';
import type { SchemaTable } from './schema-table.ts';

/** Something that deletes what is older than a time: rows, documents, files. */
export interface DataExpiry {
  readonly kind: 'dataExpiry';
  readonly at: Location;
  readonly says: string;
  readonly reached: Truth;
}

/** Columns that say something of a person, by the names that everybody gives them. */
const PERSONAL =
  /^(e?_?mail(_address)?|user_?email|phone(_?number)?|mobile|first_?name|last_?name|full_?name|surname|birth_?(date|day)|date_of_birth|dob|address|street|postcode|zip_?code|ssn|passport|nationality|gender|iban|ip_?addr(ess)?)$/i;
const PERSON =
  /^(auth_|app_|shop_)?(users?|accounts?|people|persons?|customers?|members?|patients?|students?|employees?|contacts?|profiles?|subscribers?|guests?)$/i;

/** Whether a table holds data of people: it is named after them or has several columns that only people have. */
export const isPersonal = ({ name, columns }: SchemaTable): boolean => {
  const personal = columns.filter(column => PERSONAL.test(column.name));
  return personal.length > 1 || (personal.length === 1 && PERSON.test(name));
};
