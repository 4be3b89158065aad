/**
 * Something that can be read until it is forgotten. What goes on referring to it afterwards (a
 * closure, a component that was taken away, a cache) refers to nothing.
 */
export class Forgettable<T> {
  #value: T | null;

  constructor(value: T) {
    this.#value = value;
  }

  read(): T | null {
    return this.#value;
  }

  forget(): void {
    this.#value = null;
  }
}
