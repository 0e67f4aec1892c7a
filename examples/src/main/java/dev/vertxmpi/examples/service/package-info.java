/**
 * A service of several replicas that answer one question together.
 *
 * <pre>
 *   GET /total?item=apples        any replica takes the request (they share one HTTP port)
 *          |
 *      replica 1 ---- "join request 1-42 with ranks 0, 1, 2" ----> replicas 0 and 2
 *          |                                                            |
 *          +---------- keyed("1-42").allreduce(own shard, SUM) ---------+
 *          |
 *   {"item": "apples", "total": 48.0, "replicas": 3, "partial": false}
 * </pre>
 *
 * <p>Requests overlap in any order; the key keeps their collectives apart. When a replica dies, the collective fails at
 * once, the request is asked again of those that are left, and the answer says that it is partial.
 */
package dev.vertxmpi.examples.service;
