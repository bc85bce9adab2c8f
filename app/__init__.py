"""The running application: settings, storage, services, page, API and command line."""
