import { type ZodType, z } from 'zod';

// A page under a strict content policy may not compile code at run time, which zod otherwise does for speed.
z.config({ jitless: true });

/** One question, one answer. What is asked may leave out what the schema has a default for. */
export interface CallDefinition<Input, Output, Asked = Input> {
  readonly kind: 'call';
  readonly input: ZodType<Input, Asked>;
  /** Carries the type only: what the owner of the data answers is trusted, what a caller asks is checked. */
  readonly output: ZodType<Output>;
}

/** One question, many answers, each taken when the reader asks for it. */
export interface StreamDefinition<Input, Item> {
  readonly kind: 'stream';
  readonly input: ZodType<Input>;
  readonly item: ZodType<Item>;
}

/** One question, answered in binary frames. */
export interface BytesDefinition<Input> {
  readonly kind: 'bytes';
  readonly input: ZodType<Input>;
}

// biome-ignore lint/suspicious/noExplicitAny: a definition of unknown types is what a table of definitions holds
export type Definition = CallDefinition<any, any, any> | StreamDefinition<any, any> | BytesDefinition<any>;
export type Contract = Readonly<Record<string, Definition>>;

/** As much of a contract as asking needs. */
export type Kinds<C extends Contract> = { readonly [Name in keyof C]: { readonly kind: C[Name]['kind'] } };

export function call<Input, Output, Asked>(
  input: ZodType<Input, Asked>,
  output: ZodType<Output>,
): CallDefinition<Input, Output, Asked> {
  return { kind: 'call', input, output };
}

export function stream<Input, Item>(input: ZodType<Input>, item: ZodType<Item>): StreamDefinition<Input, Item> {
  return { kind: 'stream', input, item };
}

export function bytes<Input>(input: ZodType<Input>): BytesDefinition<Input> {
  return { kind: 'bytes', input };
}

/** What the answering side writes: one function per name. */
export type Handlers<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends CallDefinition<infer Input, infer Output, infer _Asked>
    ? (input: Input, signal: AbortSignal) => Promise<Output> | Output
    : C[Name] extends StreamDefinition<infer Input, infer Item>
      ? (input: Input, signal: AbortSignal) => AsyncIterable<Item>
      : C[Name] extends BytesDefinition<infer Input>
        ? (input: Input, signal: AbortSignal) => AsyncIterable<Uint8Array>
        : never;
};

/** What the asking side holds: the same names, each with an optional signal that cancels. */
export type Client<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends CallDefinition<infer _Input, infer Output, infer Asked>
    ? (input: Asked, signal?: AbortSignal) => Promise<Output>
    : C[Name] extends StreamDefinition<infer Input, infer Item>
      ? (input: Input, signal?: AbortSignal) => AsyncIterable<Item>
      : C[Name] extends BytesDefinition<infer Input>
        ? (input: Input, signal?: AbortSignal) => AsyncIterable<Uint8Array>
        : never;
};
