/** An answer before it is written out, in latin1. */
export interface Draft {
  interim: string[];
  first: string;
  fields: string[];
  payload: string;
  lineEnd: string;
}
