/**
 * Opening a database by URL, migrations, transactions; backup, restore, and the move from SQLite to PostgreSQL. No tables of
 * its own but the list of migrations and a lock: each room owns its tables. Start at {@link Stores}, {@link Backups} and {@link ScheduledBackups}.
 */
@NullMarked
package io.gatehouse.core.store;

import org.jspecify.annotations.NullMarked;
