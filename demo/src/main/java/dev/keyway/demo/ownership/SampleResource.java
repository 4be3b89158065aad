package dev.keyway.demo.ownership;

/**
 * A resource that keys can be scoped to, as the management API made it.
 *
 * @param id the resource's id, {@code res_…}
 * @param kind {@link #DATAPACK} or {@link #PROJECT} for the samples; others are ignored
 * @param name what people call it
 * @param owner who may use it
 */
public record SampleResource(String id, String kind, String name, Owner owner) {

  /** The kind of Meko's resources. */
  public static final String DATAPACK = "datapack";

  /** The kind of Memorylake's resources. */
  public static final String PROJECT = "project";
}
