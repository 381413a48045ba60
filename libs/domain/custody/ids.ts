/** Ids of the record: random uuids, branded so that none is taken for another. */
export type MatterId = string & { readonly __brand: 'MatterId' };
export type HandoffId = string & { readonly __brand: 'HandoffId' };
export type IncidentId = string & { readonly __brand: 'IncidentId' };
export type SubjectId = string & { readonly __brand: 'SubjectId' };
export type DispatchId = string & { readonly __brand: 'DispatchId' };
export type PreviewId = string & { readonly __brand: 'PreviewId' };
export type ContentId = string & { readonly __brand: 'ContentId' };
export type DeadlineId = string & { readonly __brand: 'DeadlineId' };
export type SuccessionId = string & { readonly __brand: 'SuccessionId' };
/** The opaque subject of a token; never a name or a number. */
export type PersonId = string & { readonly __brand: 'PersonId' };
