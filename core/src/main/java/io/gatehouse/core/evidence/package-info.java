/** What was presented at a portal, before anybody has judged it. */
@NullMarked
package io.gatehouse.core.evidence;

import org.jspecify.annotations.NullMarked;
