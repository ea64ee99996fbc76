@NullMarked
package io.gatehouse.biometrics.model;

import org.jspecify.annotations.NullMarked;
