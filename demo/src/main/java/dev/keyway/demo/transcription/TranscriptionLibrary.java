package dev.keyway.demo.transcription;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All workspaces' transcriptions; a workspace sees its own only. */
public final class TranscriptionLibrary {

  private final Recordings recordings = Recordings.load();
  private final Map<String, List<Transcription>> byWorkspace = new ConcurrentHashMap<>();

  /**
   * A library with these workspaces' transcriptions in it; those of a workspace that appears later
   * come with its first request.
   */
  public TranscriptionLibrary(Collection<String> workspaces) {
    workspaces.forEach(this::of);
  }

  /** The workspace's transcriptions, newest first. */
  List<Transcription> of(String workspace) {
    return byWorkspace.computeIfAbsent(workspace, recordings::of);
  }

  /** One of the workspace's transcriptions; empty for an unknown id and for another's alike. */
  Optional<Transcription> find(String workspace, String id) {
    return of(workspace).stream().filter(it -> it.id().equals(id)).findFirst();
  }
}
