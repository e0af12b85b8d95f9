/**
 * Artifacts: definitions in YAML, what they mean, and how they become queries.
 *
 * <p>Uses {@code syntax}, {@code spi}, {@code value} and {@code format}. The entry types are {@link
 * org.minivql.artifact.Artifact}, {@link org.minivql.artifact.Repository} and {@link
 * org.minivql.artifact.ArtifactCalls}. A definition is immutable and was checked when it was made;
 * every problem is an {@link org.minivql.artifact.ArtifactException} with its place. The artifacts
 * that come with the product are the YAML files among the resources.
 */
@NullUnmarked
package org.minivql.artifact;

import org.jspecify.annotations.NullUnmarked;
